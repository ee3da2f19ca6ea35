import type { JsonObject } from "../schema/type_schema.ts";
import { metadataOf } from "./managers.ts";

/**
 * Names an object as Go's messages do.
 *
 * @param object The object.
 * @returns E.g. `default/a; apps/v1, Kind=Deployment`.
 */
export function describeObject(object: JsonObject): string {
  const { namespace = "", name = "" } = metadataOf(object);
  const [version, group = ""] = String(object.apiVersion).split("/").reverse();
  return `${namespace}/${name}; ${group}/${version}, Kind=${object.kind}`;
}
