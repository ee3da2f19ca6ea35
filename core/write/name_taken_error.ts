import { formatKey } from "../kind/key.ts";
import type { Kind } from "../kind/kind.ts";
import type { ObjectKey } from "../kind/scope.ts";

/**
 * An object that should become somebody's child exists, and is not.
 *
 * @example Tell it from other failures
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { NameTakenError } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new NameTakenError(ConfigMap, { namespace: "a", name: "b" });
 * assertEquals(
 *   error.message,
 *   'Cannot use ConfigMap "a/b": it belongs to another owner, or to none',
 * );
 * ```
 */
export class NameTakenError extends Error {
  /** Name of the class. */
  override readonly name = "NameTakenError";
  /** The key that is taken. */
  readonly key: ObjectKey;

  /**
   * Makes the error.
   *
   * @param kind The kind of the object.
   * @param key Its key.
   */
  constructor(kind: Pick<Kind, "kind">, { name, namespace }: ObjectKey) {
    const key: ObjectKey = namespace === undefined
      ? { name }
      : { name, namespace };
    super(
      `Cannot use ${kind.kind} "${formatKey(key)}": ` +
        `it belongs to another owner, or to none`,
    );
    this.key = key;
  }
}
