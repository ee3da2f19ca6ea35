import { badRequest } from "../http/status_errors.ts";
import type { RequestContext } from "../http/request_context.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { Column } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";

const NAME_TEXT =
  "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names";
const NAME: Column = {
  name: "Name",
  type: "string",
  format: "name",
  description: NAME_TEXT,
  priority: 0,
  cell: (object) => metadataOf(object).name,
};

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
  const columns = [NAME, ...resource.columns];
  const now = state.clock.date();
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: header ? columns.map(definition) : null,
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object, now)),
      object: rowObject(object, include),
    })),
  };
}

function definition(column: Column): JsonObject {
  const { name, type, format, description, priority } = column;
  return { name, type, format, description, priority };
}

function rowObject(object: JsonObject, include: string): JsonObject | null {
  if (include === "None") return null;
  return include === "Object" ? object : {
    kind: "PartialObjectMetadata",
    apiVersion: "meta.k8s.io/v1",
    metadata: object.metadata,
  };
}
