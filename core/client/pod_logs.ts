import type { NamespacedKey } from "../kind/scope.ts";
import {
  podPath,
  type PodResource,
  type PodStreamOptions,
} from "./pod_resource.ts";
import { textLines } from "./text_lines.ts";

/** Options of {@linkcode podLogs}. */
export interface PodLogOptions extends PodStreamOptions {
  /**
   * The container.
   *
   * @default {undefined} the only one; with several, the API server refuses
   */
  readonly container?: string | undefined;
  /**
   * Whether to wait for more until the container ends.
   *
   * @default {false}
   */
  readonly follow?: boolean | undefined;
  /**
   * Whether to read the log of the instance before the last restart.
   *
   * @default {false}
   */
  readonly previous?: boolean | undefined;
  /**
   * How far to look back, in seconds; at least 1. Excludes `sinceTime`.
   *
   * @default {undefined} to the start
   */
  readonly sinceSeconds?: number | undefined;
  /**
   * Since when to read. Excludes `sinceSeconds`.
   *
   * @default {undefined} from the start
   */
  readonly sinceTime?: Date | undefined;
  /**
   * How many of the last lines to start from.
   *
   * @default {undefined} all
   */
  readonly tailLines?: number | undefined;
  /**
   * Whether each line starts with the time it was written and a space.
   *
   * @default {false}
   */
  readonly timestamps?: boolean | undefined;
  /**
   * After how many bytes to stop, even within a line.
   *
   * @default {undefined} never
   */
  readonly limitBytes?: number | undefined;
}

/**
 * Reads the log of a container line by line; leaving the loop closes the
 * connection.
 *
 * A Pod that has no node yet has an empty log, also with `follow`. Needs the
 * verb `get` of `pods/log`.
 *
 * @example Read the last line
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, podLogs } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "web" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "web" }] },
 * });
 * server.kubelet.log(key, "starting\nready\n");
 *
 * const lines = await Array.fromAsync(podLogs(pods, key, { tailLines: 1 }));
 * assertEquals(lines, ["ready"]);
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options Container, what to read, signal.
 * @returns The lines, without their ends.
 * @throws {ApiError} If the API server refuses, or the container has no log.
 * @throws {ConnectionError} If the connection breaks.
 */
export async function* podLogs(
  pods: PodResource,
  key: NamespacedKey,
  options: PodLogOptions = {},
): AsyncIterableIterator<string> {
  yield* textLines(await podLogBytes(pods, key, options));
}

/**
 * Reads the log of a container as it was written; see {@linkcode podLogs}.
 *
 * @example Copy a log
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, podLogBytes } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "web" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "web" }] },
 * });
 * server.kubelet.log(key, "ready\n");
 *
 * const bytes = await podLogBytes(pods, key);
 * assertEquals(await new Response(bytes).text(), "ready\n");
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options Container, what to read, signal.
 * @returns The bytes; cancelling them closes the connection.
 * @throws {ApiError} If the API server refuses, or the container has no log.
 * @throws {ConnectionError} If no answer comes.
 */
export async function podLogBytes(
  pods: PodResource,
  key: NamespacedKey,
  options: PodLogOptions = {},
): Promise<ReadableStream<Uint8Array>> {
  const { signal, timeout, sinceTime, ...query } = options;
  return await pods.transport.stream({
    method: "GET",
    path: podPath(pods.kind, { key, stream: "log" }),
    query: { ...query, sinceTime: sinceTime?.toISOString() },
    accept: "*/*", // The API server refuses text/plain alone.
    signal,
    timeout,
  });
}
