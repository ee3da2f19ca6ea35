import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { AdmissionAttributes } from "./admission_attributes.ts";

/**
 * Converts an object of a request to another version of its kind. What
 * subresources take, as a Scale, is the same in all versions.
 *
 * @param of The request.
 * @param to The resource in the other version.
 * @param object The object.
 * @returns The object in the other version.
 */
export function convertBetween(
  of: Pick<AdmissionAttributes, "served">,
  to: ServedResource,
  object: JsonObject,
): JsonObject | Promise<JsonObject> {
  const { served } = of;
  if (to === served || object.apiVersion !== served.apiVersion) return object;
  return to.conversion === undefined
    ? to.fromStored(served.toStored(object))
    : to.conversion.convert(object);
}
