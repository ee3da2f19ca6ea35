import type { Kubeconfig } from "./kubeconfig_file.ts";

/**
 * Merges kubeconfigs by the rules of kubectl: the first to name a cluster,
 * user or context wins as a whole, as does the first current context.
 *
 * @example Merge two
 * ```ts
 * import { mergeKubeconfigs } from "./kubeconfig_merge.ts";
 * import { parseKubeconfigFile } from "./kubeconfig_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const merged = mergeKubeconfigs([
 *   await parseKubeconfigFile("{}", { file: "a", folder: "." }),
 *   await parseKubeconfigFile("current-context: b", { file: "b", folder: "." }),
 * ]);
 * assertEquals(merged.currentContext, "b");
 * ```
 *
 * @param kubeconfigs The kubeconfigs, the most important first.
 * @returns The merged one.
 */
export function mergeKubeconfigs(
  kubeconfigs: readonly Kubeconfig[],
): Kubeconfig {
  return {
    files: kubeconfigs.flatMap(({ files }) => files),
    currentContext: kubeconfigs.map(({ currentContext }) => currentContext)
      .find((context) => context !== undefined),
    clusters: firstOfEach(kubeconfigs.map(({ clusters }) => clusters)),
    users: firstOfEach(kubeconfigs.map(({ users }) => users)),
    contexts: firstOfEach(kubeconfigs.map(({ contexts }) => contexts)),
  };
}

function firstOfEach<V>(
  maps: readonly ReadonlyMap<string, V>[],
): ReadonlyMap<string, V> {
  return new Map(maps.toReversed().flatMap((map) => [...map]));
}
