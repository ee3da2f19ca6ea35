import { isObject } from "../merge/json_value.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  required,
} from "../validation/field_error.ts";
import { fieldPath } from "./value_type.ts";
import { valueErrors } from "./value_validation.ts";

/**
 * Checks a value against `allOf`, `anyOf`, `oneOf` and `not` of its schema.
 *
 * @param value The value.
 * @param schema Its schema.
 * @param path Where it is.
 * @returns What is wrong with it.
 */
export function branchErrors(
  value: unknown,
  schema: TypeSchema,
  path: string,
): FieldError[] {
  const rules = schema.validation;
  if (rules === undefined) return [];
  const errors: FieldError[] = [];
  const tried = (branches: unknown): FieldError[][] =>
    Array.isArray(branches)
      ? branches.map((branch) => rawErrors(value, branch, path))
      : [];
  const say = (why: string): void => {
    // The server has lost the path here, which Go prints as nil.
    errors.push(invalidValue("<nil>", "", `"${path}" ${why}`));
  };
  const any = tried(rules.anyOf);
  if (any.length > 0 && any.every((found) => found.length > 0)) {
    say("must validate at least one schema (anyOf)");
    errors.push(...any[0] ?? []);
  }
  const one = tried(rules.oneOf);
  const valid = one.filter((found) => found.length === 0).length;
  if (one.length > 0 && valid !== 1) {
    const found = valid === 0
      ? "Found none valid"
      : `Found ${valid} valid alternatives`;
    say(`must validate one and only one schema (oneOf). ${found}`);
    if (valid === 0) errors.push(...one[0] ?? []);
  }
  const all = tried(rules.allOf).flat();
  if (all.length > 0) {
    say("must validate all the schemas (allOf)");
    errors.push(...all);
  }
  if (isObject(rules.not) && rawErrors(value, rules.not, path).length === 0) {
    say("must not validate the schema (not)");
  }
  return errors;
}

/** Checks a value against a branch as a CRD holds it: restrictions only. */
function rawErrors(
  value: unknown,
  branch: unknown,
  path: string,
): FieldError[] {
  if (!isObject(branch)) return [];
  const schema: TypeSchema = { validation: branch };
  const errors = [
    ...valueErrors(value, schema, path),
    ...enumErrors(value, branch, path),
    ...branchErrors(value, schema, path),
  ];
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      errors.push(...rawErrors(item, branch.items, `${path}[${index}]`));
    });
  } else if (isObject(value)) {
    if (Array.isArray(branch.required)) {
      for (const name of branch.required) {
        if (!Object.hasOwn(value, name)) {
          errors.push(required(fieldPath(path, name)));
        }
      }
    }
    const { properties } = branch;
    for (const name of isObject(properties) ? Object.keys(properties) : []) {
      if (!Object.hasOwn(value, name) || !isObject(properties)) continue;
      const at = fieldPath(path, name);
      errors.push(...rawErrors(value[name], properties[name], at));
    }
  }
  return errors;
}

function enumErrors(
  value: unknown,
  branch: JsonObject,
  path: string,
): FieldError[] {
  if (!Array.isArray(branch.enum)) return [];
  const text = JSON.stringify(value);
  return branch.enum.some((item) => JSON.stringify(item) === text)
    ? []
    : [invalidValue(path, value, "is not one of the values of the schema")];
}
