import type { Client } from "@koprs/koprs/core";
import { samplesOf } from "./metrics_text.ts";

/** How many requests, by verb and resource, as `PATCH configmaps`. */
export type RequestCounts = Readonly<Record<string, number>>;

/** What the API server says about the resources of the benchmark. */
export interface ServerCounts {
  /** Requests that have ended, since the server started. */
  readonly requests: RequestCounts;
  /** Watches that are open now, by resource. */
  readonly watches: RequestCounts;
}

const RESOURCES = ["configmapsyncs", "configmaps", "events"];

/**
 * Reads the counts from the API server's metrics.
 *
 * @param metrics Prometheus' text format.
 * @returns The counts.
 */
export function parseServerCounts(metrics: string): ServerCounts {
  const requests: Record<string, number> = {};
  for (
    const { labels, value } of samplesOf(metrics, "apiserver_request_total")
  ) {
    const { verb, resource = "", subresource } = labels;
    if (!RESOURCES.includes(resource)) continue;
    const key = `${verb} ${resource}${subresource ? `/${subresource}` : ""}`;
    requests[key] = (requests[key] ?? 0) + value;
  }
  const watches: Record<string, number> = {};
  const open = samplesOf(metrics, "apiserver_longrunning_requests");
  for (const { labels: { verb, resource = "" }, value } of open) {
    if (verb !== "WATCH" || !RESOURCES.includes(resource)) continue;
    watches[resource] = (watches[resource] ?? 0) + value;
  }
  return { requests, watches };
}

/**
 * Asks the API server for its counts.
 *
 * @param client Who asks.
 * @param options What ends it.
 * @returns The counts.
 */
export async function readServerCounts(
  client: Client,
  options: { readonly signal: AbortSignal },
): Promise<ServerCounts> {
  const { text } = await client.transport.request({
    method: "GET",
    path: "/metrics",
    ...options,
  });
  return parseServerCounts(text);
}

/**
 * What was counted between two readings.
 *
 * @param later The second reading.
 * @param earlier The first.
 * @returns The counts that are not zero.
 */
export function countsSince(
  later: RequestCounts,
  earlier: RequestCounts,
): RequestCounts {
  return Object.fromEntries(
    Object.entries(later).map(([key, value]) =>
      [key, value - (earlier[key] ?? 0)] as const
    ).filter(([, value]) => value !== 0),
  );
}

/**
 * Sums up requests for single objects: all but lists and watches, which an
 * operator makes a few of, however many objects there are.
 *
 * @param counts The counts.
 * @returns The sum.
 */
export function objectRequests(counts: RequestCounts): number {
  return Object.entries(counts).filter(([key]) => !isReading(key))
    .reduce((sum, [, value]) => sum + value, 0);
}

/**
 * Sums up lists.
 *
 * @param counts The counts.
 * @returns The sum.
 */
export function listRequests(counts: RequestCounts): number {
  return Object.entries(counts).filter(([key]) => key.startsWith("LIST "))
    .reduce((sum, [, value]) => sum + value, 0);
}

/**
 * Whether requests are lists or watches.
 *
 * @param key Verb and resource.
 * @returns Whether they are.
 */
export function isReading(key: string): boolean {
  return /^(?:LIST|WATCH|WATCHLIST) /.test(key);
}
