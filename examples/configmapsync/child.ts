import type { ConfigMap } from "@koprs/koprs/builtin";
import { type ApplyConfiguration, ownerMark } from "@koprs/koprs/core";
import type { ConfigMapSync } from "./kind.ts";

/** Name of the operator: field manager, reporting controller, label. */
export const OPERATOR = "configmapsync-operator";

/** Prefix of the operator's labels, annotations and finalizer. */
export const PREFIX = "configmapsync.example.io";

/** Selects the ConfigMaps that the operator made. */
export const MANAGED = `app.kubernetes.io/managed-by=${OPERATOR}`;

/**
 * The ConfigMap that a ConfigMapSync wants.
 *
 * It cannot have an ownerReference, since it may be in another namespace; its
 * mark says whose it is.
 *
 * @param sync The ConfigMapSync.
 * @returns The fields to apply.
 */
export function childOf(
  sync: ConfigMapSync,
): ApplyConfiguration<ConfigMap, "Namespaced"> {
  const name = `cms-${sync.metadata.name}`;
  const { labels, annotations } = ownerMark(sync, { prefix: PREFIX });
  return {
    metadata: {
      name: name.length <= 253 ? name : `cms-${sync.metadata.uid}`,
      namespace: sync.spec.targetNamespace,
      labels: { ...labels, "app.kubernetes.io/managed-by": OPERATOR },
      annotations,
    },
    data: sync.spec.data,
  };
}
