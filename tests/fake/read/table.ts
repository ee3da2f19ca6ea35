import { badRequest } from "../http/status_errors.ts";
import type { RequestContext } from "../http/request_context.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { rowConditions } from "../table/row_conditions.ts";

/** What goes into a table. */
export interface TableContent {
  /** The objects, one row each. */
  readonly objects: readonly JsonObject[];
  /** Metadata of the table. */
  readonly metadata: JsonObject;
  /** Whether the columns are described. @default true */
  readonly header?: boolean;
}

/**
 * Writes objects as a table, as `kubectl get` asks for them.
 *
 * @param context The request.
 * @param content The objects.
 * @returns The table.
 * @throws {StatusError} 400 if `includeObject` is wrong.
 */
export function table(
  { resource, query, state }: RequestContext,
  { objects, metadata, header = true }: TableContent,
): JsonObject {
  const include = query.get("includeObject") || "Metadata";
  if (!["None", "Metadata", "Object"].includes(include)) {
    const quoted = JSON.stringify(include);
    throw badRequest(
      "Unable to convert to Table as " +
        `requested: includeObject: Invalid value: ${quoted}: must be 'Metadata', 'Object', 'None', or empty`,
    );
  }
  const now = state.clock.date();
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: header ? resource.columns : null,
    rows: objects.length === 0 && isPlain(resource)
      ? null
      : objects.map((object) => ({
        cells: resource.cells(object, now),
        ...rowConditions(resource.kind, object),
        object: rowObject(object, include),
      })),
  };
}

/** Tables that no printer writes tell when objects were created. */
function isPlain({ columns }: RequestContext["resource"]): boolean {
  return columns.at(-1)?.name === "Created At";
}

function rowObject(object: JsonObject, include: string): JsonObject | null {
  if (include === "None") return null;
  return include === "Object" ? object : {
    kind: "PartialObjectMetadata",
    apiVersion: "meta.k8s.io/v1",
    metadata: object.metadata,
  };
}
