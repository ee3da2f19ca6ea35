import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Converts the objects of one version of a kind by the webhook of the kind.
 * What is stored is converted ahead, since many places read it at once.
 */
export interface Conversion {
  /**
   * Converts stored objects, so that `fromStored()` of the resource finds them.
   *
   * @param objects The objects; those that were converted before are not asked
   * for again.
   */
  read(objects: readonly JsonObject[]): Promise<void>;
  /** Converts a stored object anew, whether it was converted before or not. */
  readAnew(object: JsonObject): Promise<void>;
  /** What a stored object was converted to. */
  converted(object: JsonObject): JsonObject;
  /** Converts an object of this version to the version of the storage. */
  write(object: JsonObject): Promise<JsonObject>;
  /** Converts an object of any version to this version. */
  convert(object: JsonObject): Promise<JsonObject>;
}
