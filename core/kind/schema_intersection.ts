import { SchemaError } from "./schema_error.ts";
import {
  isSame,
  RULES,
  type StructuralSchema,
  VALIDATIONS,
} from "./structural_type.ts";

/**
 * Makes the schema of values that fit two schemas.
 *
 * @param left The first schema; its annotations win.
 * @param right The second schema.
 * @param path Where they stand, for errors.
 * @returns The intersection.
 * @throws {SchemaError} If it has no Kubernetes form.
 */
export function intersectSchemas(
  left: StructuralSchema,
  right: StructuralSchema,
  path: string,
): StructuralSchema {
  const result: Record<string, unknown> = { ...right, ...left };
  for (const [keyword, value] of Object.entries(right)) {
    const known = left[keyword];
    if (known === undefined || isSame(known, value)) continue;
    if (VALIDATIONS.includes(keyword) || LEFT_WINS.has(keyword)) continue;
    result[keyword] = merge(keyword, left, right, path);
  }
  if (!isNullable(left, right)) delete result["nullable"];
  const isConflict = VALIDATIONS.some((keyword) =>
    left[keyword] !== undefined && right[keyword] !== undefined &&
    !isSame(left[keyword], right[keyword])
  );
  if (!isConflict) return result;
  // what cannot be said twice is said once more below allOf
  const { allOf = [] }: StructuralSchema = result;
  for (const keyword of VALIDATIONS) {
    if (left[keyword] === undefined) delete result[keyword];
  }
  return { ...result, allOf: [...allOf, validations(right)] };
}

const LEFT_WINS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "nullable",
]);

function validations(schema: StructuralSchema): StructuralSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => VALIDATIONS.includes(key)),
  );
}

function merge(
  keyword: string,
  left: StructuralSchema,
  right: StructuralSchema,
  path: string,
): unknown {
  switch (keyword) {
    case "type":
      if (isIntegerAndNumber(left.type, right.type)) return "integer";
      break;
    case "properties":
      return intersectMembers(left.properties, right.properties, path);
    case "required":
      return [...new Set([...left.required ?? [], ...right.required ?? []])];
    case "items":
      return intersectSchemas(left.items ?? {}, right.items ?? {}, `${path}[]`);
    case "additionalProperties":
      return intersectSchemas(
        left.additionalProperties ?? {},
        right.additionalProperties ?? {},
        `${path}.*`,
      );
    case "allOf":
      return [...left.allOf ?? [], ...right.allOf ?? []];
    case RULES:
      return [left[RULES], right[RULES]].flat();
  }
  throw new SchemaError(
    path,
    `the parts of an intersection differ in "${keyword}"`,
  );
}

function intersectMembers(
  left: StructuralSchema["properties"] = {},
  right: StructuralSchema["properties"] = {},
  path: string,
): Record<string, StructuralSchema> {
  const result = { ...left };
  for (const [name, value] of Object.entries(right)) {
    const known = left[name];
    result[name] = known === undefined
      ? value
      : intersectSchemas(known, value, `${path}.${name}`);
  }
  return result;
}

function isIntegerAndNumber(left: unknown, right: unknown): boolean {
  return left === "integer" && right === "number" ||
    left === "number" && right === "integer";
}

/** A part without type says nothing about null. */
function isNullable(left: StructuralSchema, right: StructuralSchema): boolean {
  return [left, right].every((part) =>
    part.nullable === true || part.type === undefined
  );
}
