import type { Client } from "@koprs/koprs/core";
import { sleep } from "../../core/timing/sleep.ts";
import {
  countsSince,
  readServerCounts,
  type RequestCounts,
} from "./request_counts.ts";

const PAUSE = 500;
const QUIET = 2_000;
const KINDS = ["configmapsyncs", "configmaps"];

/** Options of {@linkcode untilQuiet}. */
export interface UntilQuietOptions {
  /**
   * Watches that are open without the operator; each of its kinds must have
   * one more.
   *
   * @default {undefined} it need not watch yet
   */
  readonly idleWatches?: RequestCounts;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Waits until the API server has had no request of the benchmark's resources
 * for two seconds.
 *
 * @param client Who asks it.
 * @param options Whether watches are waited for first.
 */
export async function untilQuiet(
  client: Client,
  { idleWatches, signal }: UntilQuietOptions,
): Promise<void> {
  let last = await readServerCounts(client, { signal });
  let since = performance.now();
  while (performance.now() - since < QUIET) {
    await sleep(PAUSE, { signal });
    const next = await readServerCounts(client, { signal });
    const news = countsSince(next.requests, last.requests);
    const isWatched = idleWatches === undefined ||
      KINDS.every((kind) =>
        (next.watches[kind] ?? 0) > (idleWatches[kind] ?? 0)
      );
    if (!isWatched || Object.keys(news).length > 0) since = performance.now();
    last = next;
  }
}
