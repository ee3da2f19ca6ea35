import { SchemaError } from "./schema_error.ts";
import {
  RULES,
  type StructuralSchema,
  VALIDATIONS,
} from "./structural_type.ts";

/**
 * Leaves of a schema what may stand below `allOf`, `anyOf`, `oneOf` and `not`:
 * which values are valid, but no types, defaults or descriptions.
 *
 * @param schema The schema.
 * @param path Where it stands, for errors.
 * @returns The validations; `{}` without any.
 * @throws {SchemaError} If a validation cannot stand there.
 */
export function valueValidation(
  schema: StructuralSchema,
  path: string,
): StructuralSchema {
  const { properties = {}, required = [], items, allOf = [] } = schema;
  if (schema[RULES] !== undefined) {
    throw new SchemaError(path, "rules cannot stand below a union or negation");
  }
  const values = schema.additionalProperties;
  if (values !== undefined && !isEmpty(valueValidation(values, path))) {
    throw new SchemaError(path, "maps cannot differ below a union or negation");
  }
  const members = Object.entries(properties)
    .map(([name, value]) =>
      [name, valueValidation(value, `${path}.${name}`)] as const
    )
    .filter(([, value]) => !isEmpty(value));
  const parts = allOf.map((part) => valueValidation(part, path))
    .filter((part) => !isEmpty(part));
  const item = items === undefined ? {} : valueValidation(items, `${path}[]`);
  return {
    ...Object.fromEntries(
      Object.entries(schema).filter(([key]) => VALIDATIONS.includes(key)),
    ),
    ...members.length === 0 ? {} : { properties: Object.fromEntries(members) },
    ...required.length === 0 ? {} : { required },
    ...isEmpty(item) ? {} : { items: item },
    ...parts.length === 0 ? {} : { allOf: parts },
  };
}

/**
 * Writes a union of validations.
 *
 * @param key Which union.
 * @param parts The validations.
 * @returns The union; `{}` if one of them allows everything.
 */
export function unionOfValidations(
  key: "anyOf" | "oneOf",
  parts: readonly StructuralSchema[],
): StructuralSchema {
  const [first = {}, ...others] = parts;
  if (others.length === 0) return first;
  return parts.some(isEmpty) ? {} : { [key]: parts };
}

/**
 * Whether a schema says nothing.
 *
 * @param schema The schema.
 * @returns Whether it has no keyword.
 */
export function isEmpty(schema: StructuralSchema): boolean {
  return Object.keys(schema).length === 0;
}
