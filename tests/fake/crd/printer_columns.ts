import { age } from "../read/age.ts";
import { AGE_TEXT } from "../read/age_column.ts";
import type { Column } from "../resource/served_resource.ts";
import type { PrinterColumn } from "./crd_spec.ts";
import { jsonPathValues } from "./json_path.ts";

const AGE: PrinterColumn = {
  name: "Age",
  type: "date",
  jsonPath: ".metadata.creationTimestamp",
};

/**
 * Makes the columns that a CRD asks for.
 *
 * @param columns The columns; the age of the objects without.
 * @returns The columns after the name.
 */
export function printerColumns(
  columns: readonly PrinterColumn[] = [{ ...AGE, description: AGE_TEXT }],
): Column[] {
  return columns.map((column) => ({
    name: column.name,
    type: column.type,
    format: column.format ?? "",
    description: column.description ||
      `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
    priority: column.priority ?? 0,
    cell: (object, now) => {
      const values = jsonPathValues(object, column.jsonPath);
      return cellOf(values, { type: column.type, now });
    },
  }));
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
