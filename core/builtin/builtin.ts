import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import type { Wire } from "../kind/wire.ts";

/** A built-in object as JSON, from its kubernetes-apis type. */
export type Builtin<T, S extends Scope> = KubeObject<S> & Wire<Omit<T, keyof KubeObject>>;

/** Makes the descriptor of a built-in kind. */
export function builtin<T extends KubeObject<S>, S extends Scope>(
  definition: { readonly apiVersion: string; readonly kind: string; readonly plural: string; readonly scope: S },
): Kind<T, S> {
  const [first = "", second] = definition.apiVersion.split("/");
  return Object.freeze({ ...definition, group: second === undefined ? "" : first, version: second ?? first });
}
