import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import type { Wire } from "../kind/wire.ts";

/**
 * A built-in object as JSON, from its type of `@cloudydeno/kubernetes-apis`.
 *
 * @typeParam T The type of the package.
 * @typeParam S The scope of the kind.
 */
export type Builtin<T, S extends Scope> =
  & KubeObject<S>
  & Wire<Omit<T, keyof KubeObject>>;

/**
 * Makes the descriptor of a built-in kind.
 *
 * @typeParam T The type of its objects.
 * @typeParam S The scope.
 * @param definition The names and the scope.
 * @returns The descriptor, frozen.
 */
export function builtin<T extends KubeObject<S>, S extends Scope>(
  definition: Pick<Kind<T, S>, "apiVersion" | "kind" | "plural" | "scope">,
): Kind<T, S> {
  const [first = "", second] = definition.apiVersion.split("/");
  return Object.freeze({
    ...definition,
    group: second === undefined ? "" : first,
    version: second ?? first,
  });
}
