import type { ConfigMap, Node, Pod } from "@koprs/koprs/builtin";
import {
  type ApplyConfiguration,
  controllerReference,
  formatKey,
} from "@koprs/koprs/core";
import { crashesOf } from "./crashes.ts";

/**
 * Writes down how the Pods of a Node fare.
 *
 * @param node The Node.
 * @param options Those that have crashed, and where reports are.
 * @param options.crashed The Pods.
 * @param options.namespace The namespace of the report.
 * @returns The ConfigMap; it goes with the Node.
 */
export function reportOf(
  node: Node,
  { crashed, namespace }: {
    readonly crashed: readonly Pod[];
    readonly namespace: string;
  },
): ApplyConfiguration<ConfigMap, "Namespaced"> {
  const lines = crashed.map((pod) => {
    const { restarts, isLooping } = crashesOf(pod);
    const times = restarts === 1 ? "once" : `${restarts} times`;
    return `${formatKey(pod.metadata)} ${times}${
      isLooping ? ", in a loop" : ""
    }`;
  });
  return {
    metadata: {
      name: node.metadata.name,
      namespace,
      ownerReferences: [controllerReference(node)],
    },
    data: { crashed: lines.sort().join("\n") },
  };
}
