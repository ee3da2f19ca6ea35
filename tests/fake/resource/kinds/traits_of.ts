import type { ResourceInfo } from "../../schema/builtin_resources.ts";
import { CONFIG_MAP } from "./config_map.ts";
import { CUSTOM_RESOURCE_DEFINITION } from "./custom_resource_definition.ts";
import { LEASE } from "./lease.ts";
import { NAMESPACE } from "./namespace.ts";
import { SECRET } from "./secret.ts";
import type { NativeTraits } from "../native_traits.ts";

const TRAITS: Readonly<Record<string, NativeTraits>> = {
  "/Namespace": NAMESPACE,
  "/ConfigMap": CONFIG_MAP,
  "/Secret": SECRET,
  "coordination.k8s.io/Lease": LEASE,
  "apiextensions.k8s.io/CustomResourceDefinition": CUSTOM_RESOURCE_DEFINITION,
};

/**
 * Finds how a built-in kind differs from most.
 *
 * @param info What discovery says of it.
 * @returns The differences.
 */
export function traitsOf({ group, kind }: ResourceInfo): NativeTraits {
  return TRAITS[`${group}/${kind}`] ?? {};
}
