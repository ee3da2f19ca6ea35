import { age } from "../read/age.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { Column } from "../resource/served_resource.ts";
import type { CellsOf } from "../table/read_cell.ts";
import type { PrinterColumn } from "./crd_spec.ts";
import { jsonPathValues } from "./json_path.ts";

const NAME_TEXT =
  "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names";
const AGE_TEXT =
  "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
const AGE: readonly PrinterColumn[] = [{
  name: "Age",
  type: "date",
  jsonPath: ".metadata.creationTimestamp",
  description: AGE_TEXT,
}];

const NAME: Column = {
  name: "Name",
  type: "string",
  format: "name",
  description: NAME_TEXT,
  priority: 0,
};

/**
 * Makes the columns that a CRD asks for.
 *
 * @param columns The columns; the age of the objects without.
 * @returns The columns, the first of which is the name.
 */
export function printerColumns(
  columns: readonly PrinterColumn[] = AGE,
): Column[] {
  const others = columns.map(
    ({ name, type, format = "", jsonPath, description, priority = 0 }) => ({
      name,
      type,
      format,
      description: description ||
        `Custom resource definition column (in JSONPath format): ${jsonPath}`,
      priority,
    }),
  );
  return [NAME, ...others];
}

/**
 * Makes what writes the cells of the columns that a CRD asks for.
 *
 * @param columns The columns; the age of the objects without.
 * @returns Writes the cells of an object.
 */
export function printerCells(
  columns: readonly PrinterColumn[] = AGE,
): CellsOf {
  return (object, now) => [
    metadataOf(object).name,
    ...columns.map(({ jsonPath, type }) =>
      cellOf(jsonPathValues(object, jsonPath), { type, now })
    ),
  ];
}

function cellOf(
  values: readonly unknown[],
  { type, now }: { readonly type: string; readonly now: Date },
): unknown {
  const [value] = values;
  if (value === undefined || value === null) return null;
  switch (type) {
    case "string":
      return values.map((item) =>
        typeof item === "string" ? item : JSON.stringify(item)
      ).join(",");
    case "date":
      return typeof value === "string" ? age(value, now) : "<invalid>";
    case "integer":
      return typeof value === "number" ? Math.trunc(value) : null;
    default:
      return value;
  }
}
