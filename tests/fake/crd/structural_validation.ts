import { isObject } from "../merge/json_value.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import {
  type FieldError,
  invalidType,
  notSupported,
  required,
} from "../validation/field_error.ts";
import { listErrors } from "./list_validation.ts";
import { branchErrors } from "./schema_branches.ts";
import { valueErrors } from "./value_validation.ts";
import { fieldPath, schemaTypeOf } from "./value_type.ts";

/**
 * Checks a value against a structural schema, with the messages of the server.
 *
 * @param value The value.
 * @param schema Its schema.
 * @param path Where it is; empty for an object itself.
 * @param listPath The same in messages about items of lists.
 * @returns What is wrong with it.
 */
export function validateStructure(
  value: unknown,
  schema: TypeSchema,
  path = "",
  listPath = path,
): FieldError[] {
  if (value === null && schema.nullable) return [];
  const wrong = typeErrors(value, schema, path);
  const enumErrors = enumeration(value, schema, path);
  if (wrong.length > 0) return [...wrong, ...enumErrors];
  const errors = valueErrors(value, schema, path);
  if (Array.isArray(value)) {
    const { items } = schema;
    value.forEach((item, index) => {
      const at = `${path}[${index}]`;
      if (items) {
        const listAt = `${listPath}[${index}]`;
        errors.push(...validateStructure(item, items, at, listAt));
      }
    });
    errors.push(...listErrors(value, schema, listPath));
  } else if (isObject(value)) {
    errors.push(...fieldErrors(value, schema, { path, listPath }));
  }
  return [...errors, ...enumErrors, ...branchErrors(value, schema, path)];
}

function fieldErrors(
  value: JsonObject,
  schema: TypeSchema,
  { path, listPath }: { readonly path: string; readonly listPath: string },
): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) {
      errors.push(required(fieldPath(path, name)));
    }
  }
  const { properties = {}, additionalProperties } = schema;
  for (const [name, field] of Object.entries(value)) {
    const isDeclared = Object.hasOwn(properties, name);
    const child = isDeclared ? properties[name] : additionalProperties;
    if (child === undefined || path === "" && name === "metadata") continue;
    const at = fieldPath(path, name);
    // Lists in maps are found by the key of the map.
    const listAt = isDeclared
      ? fieldPath(listPath, name)
      : `${listPath}[${name}]`;
    errors.push(...validateStructure(field, child, at, listAt));
  }
  return errors;
}

function typeErrors(
  value: unknown,
  schema: TypeSchema,
  path: string,
): FieldError[] {
  const actual = schemaTypeOf(value);
  const wanted = schema.intOrString ? "integer,string" : schema.type;
  const fits = wanted === undefined || wanted.split(",").includes(actual) ||
    wanted === "number" && actual === "integer";
  if (fits) return [];
  const why = `${path} in body must be of type ${wanted}: "${actual}"`;
  return [invalidType(path, actual, why)];
}

function enumeration(
  value: unknown,
  schema: TypeSchema,
  path: string,
): FieldError[] {
  const allowed = schema.validation?.enum;
  if (!Array.isArray(allowed)) return [];
  const text = JSON.stringify(value);
  if (allowed.some((item) => JSON.stringify(item) === text)) return [];
  const texts = allowed.map((item) =>
    typeof item === "string" ? item : JSON.stringify(item)
  );
  return [notSupported(path, value, texts)];
}
