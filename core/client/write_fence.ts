import { AsyncLocalStorage } from "node:async_hooks";

const fences = new AsyncLocalStorage<() => void>();

/**
 * Runs a function so that each of its writes asks first whether it may.
 *
 * It holds for everything that the function starts and awaits, and for its
 * timers, however deep. Clients ask right before each try of a request that is
 * no GET, so that also one that waited to be tried again is refused. With
 * `HeldLease.fence` only the leader writes; `run()` does that for what needs
 * the leader.
 *
 * @example Refuse late writes
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, withFence } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 *
 * const fence = () => {
 *   throw new Error("Too late");
 * };
 * await withFence(fence, async () => {
 *   assertEquals(await configMaps.get(key), undefined);
 *   await assertRejects(() => configMaps.create({ metadata: key }), Error, "late");
 * });
 * ```
 *
 * @typeParam R What the function returns.
 * @param fence Throws if nothing may be written now.
 * @param run The function.
 * @returns What it returned.
 */
export function withFence<R>(fence: () => void, run: () => R): R {
  return fences.run(fence, run);
}

/**
 * Makes sure that the running code may write.
 *
 * @example Ask where everybody may
 * ```ts
 * import { checkFence } from "./write_fence.ts";
 *
 * checkFence();
 * ```
 *
 * @throws What the fence throws.
 */
export function checkFence(): void {
  fences.getStore()?.();
}
