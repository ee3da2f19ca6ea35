import { isNotFound } from "../client/api_error.ts";
import { deletionBody } from "../client/delete_object.ts";
import type { DeleteOptions } from "../client/request_options.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { Eviction } from "../kind/subresource.ts";

/**
 * Asks for the deletion of a Pod, unless a PodDisruptionBudget forbids it, as
 * `kubectl drain` does.
 *
 * A refusal by a budget is an error that `isDisruptionBlocked()` knows, and
 * whose `retryAfter` may say when to ask again; nothing is retried here.
 *
 * @example Evict a Pod
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, evict } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const { metadata } = await pods.create({
 *   metadata: { name: "web-1", namespace: "default" },
 *   spec: { containers: [{ name: "web", image: "web:1" }] },
 * });
 *
 * assertEquals(await evict(pods, metadata), true);
 * assertEquals(await evict(pods, metadata), false);
 * ```
 *
 * @typeParam T The object type.
 * @param pods The Pods of a client.
 * @param key The Pod.
 * @param options Uid and version that are meant, grace period, dry run, signal.
 * @returns `false` if there was none.
 * @throws {ApiError} If a budget forbids it, or another refusal.
 */
export async function evict<T extends KubeObject<"Namespaced">>(
  pods: ResourceClient<T, "Namespaced">,
  key: ObjectKey<"Namespaced">,
  options: DeleteOptions = {},
): Promise<boolean> {
  const { signal, timeout, lane } = options;
  const body = { deleteOptions: deletionBody(options) };
  const evictions = pods.subresource(Eviction);
  try {
    await evictions.create(key, body, { signal, timeout, lane });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
