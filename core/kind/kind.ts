import type { KubeObject } from "./object.ts";
import type { Scope } from "./scope.ts";

/**
 * A value that names a REST resource and carries the type of its objects.
 *
 * @typeParam T The type of its objects.
 * @typeParam S The scope.
 */
export interface Kind<T = KubeObject, S extends Scope = Scope> {
  /** API group, `""` for the core group. */
  readonly group: string;
  /** API version without the group. */
  readonly version: string;
  /** `"v1"` or `"group/version"`. */
  readonly apiVersion: string;
  /** Name of the kind. */
  readonly kind: string;
  /** Name of the resource in URLs. */
  readonly plural: string;
  /** Whether objects live in a namespace. */
  readonly scope: S;
  /** Carries the object type; never set. */
  readonly "~object"?: T;
}

/**
 * The object type of a kind.
 *
 * @typeParam K The type of the descriptor.
 */
export type ObjectOf<K extends { readonly "~object"?: unknown }> = NonNullable<
  K["~object"]
>;

/**
 * Names a kind uniquely, as `"plural.group/version"`.
 *
 * The core group is left out, as in `"pods/v1"`.
 *
 * @example Name two kinds
 * ```ts
 * import { ConfigMap, Deployment } from "@koprs/koprs/builtin";
 * import { kindId } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(kindId(Deployment), "deployments.apps/v1");
 * assertEquals(kindId(ConfigMap), "configmaps/v1");
 * ```
 *
 * @param kind The kind; any object with these three members.
 * @returns The name.
 */
export function kindId(
  kind: Pick<Kind, "group" | "version" | "plural">,
): string {
  const resource = kind.group === ""
    ? kind.plural
    : `${kind.plural}.${kind.group}`;
  return `${resource}/${kind.version}`;
}
