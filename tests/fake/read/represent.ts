import { STATUS_CODE } from "@std/http";
import type { RequestContext } from "../http/request_context.ts";
import { StatusError } from "../http/status_error.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { table } from "./table.ts";

/**
 * Turns an object into the form that was asked for.
 *
 * @param context The request.
 * @param object The object.
 * @returns The form.
 * @throws {StatusError} 406 if an object has no such form.
 */
export function represent(
  context: RequestContext,
  object: JsonObject,
): JsonObject {
  switch (context.representation.as) {
    case "object":
      return object;
    case "table": {
      const { resourceVersion } = metadataOf(object);
      const metadata = { resourceVersion };
      return table(context, { objects: [object], metadata });
    }
    case "metadata":
      return onlyMetadata(object);
    case "metadata-list":
      throw notAcceptable(
        `you requested PartialObjectMetadataList, but the requested object is not a list (${
          goType(context, "")
        })`,
      );
  }
}

/** Objects and the metadata of their list. */
export interface ObjectList {
  /** The objects. */
  readonly objects: readonly JsonObject[];
  /** Metadata of the list. */
  readonly metadata: JsonObject;
}

/**
 * Turns a list into the form that was asked for.
 *
 * @param context The request.
 * @param list The list.
 * @returns The form.
 * @throws {StatusError} 406 if a list has no such form.
 */
export function representList(
  context: RequestContext,
  list: ObjectList,
): JsonObject {
  switch (context.representation.as) {
    case "table":
      return table(context, list);
    case "metadata-list":
      return {
        kind: "PartialObjectMetadataList",
        apiVersion: "meta.k8s.io/v1",
        metadata: list.metadata,
        items: list.objects.map(onlyMetadata),
      };
  }
  throw notAcceptable(
    `you requested PartialObjectMetadata, but the requested object is a list (${
      goType(context, "List")
    })`,
  );
}

/** An object without all but its metadata. */
export function onlyMetadata(object: JsonObject): JsonObject {
  return {
    kind: "PartialObjectMetadata",
    apiVersion: "meta.k8s.io/v1",
    metadata: object.metadata,
  };
}

function goType({ resource }: RequestContext, suffix: string): string {
  if (resource.strategy.custom) return `*unstructured.Unstructured${suffix}`;
  const { group, kind } = resource;
  return `*${group.split(".")[0] || "core"}.${kind}${suffix}`;
}

function notAcceptable(message: string): StatusError {
  const reason = "NotAcceptable";
  return new StatusError(message, { code: STATUS_CODE.NotAcceptable, reason });
}
