import type { ConfigMap } from "@koprs/koprs/builtin";
import type { Informer, ObservedChange } from "@koprs/koprs/core";
import { PATIENCE } from "./operator_world.ts";

/**
 * Resolves when an informer tells of a change from now on.
 *
 * @param informer The informer.
 * @param what The change, as `"modified app"`; existing objects are `added`.
 * @throws {Error} If that takes too long.
 */
export async function heard(
  informer: Informer<ConfigMap>,
  what: `${ObservedChange<ConfigMap>["type"]} ${string}`,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  AbortSignal.timeout(PATIENCE).addEventListener("abort", () => {
    reject(new Error(`The informer never told: ${what}`));
  });
  const unsubscribe = informer.subscribe(({ type, object }) => {
    if (`${type} ${object.metadata.name}` === what) resolve();
  });
  await promise.finally(unsubscribe);
}
