import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { describeObject } from "./describe_object.ts";
import { withoutManagedFields } from "./managers.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import { validateConfig } from "./validate_config.ts";

/** How {@linkcode requireTyped} checks. */
export interface RequireTypedOptions {
  /** Schema of the object. */
  readonly schema: TypeSchema;
  /** The message, of which `%v` becomes the name of the object. */
  readonly fail: string;
  /**
   * Whether items may have equal keys.
   *
   * @default {true}
   */
  readonly duplicates?: boolean;
}

/**
 * Checks that an object fits its schema, as `ObjectToTyped` of kube-apiserver,
 * without which nothing is compared or merged.
 *
 * @param object The object.
 * @param options How.
 * @throws {StructuredMergeError} If it does not fit.
 */
export function requireTyped(
  object: JsonObject,
  { schema, fail, duplicates = true }: RequireTypedOptions,
): void {
  const bare = withoutManagedFields(object);
  const problem = validateConfig(schema, bare, { duplicates });
  if (problem === undefined) return;
  const start = fail.replace("%v", () => describeObject(object));
  throw new StructuredMergeError(`${start}: ${problem}`);
}
