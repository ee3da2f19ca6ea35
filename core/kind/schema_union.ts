import { SchemaError } from "./schema_error.ts";
import { intersectSchemas } from "./schema_intersection.ts";
import { patternOfValues } from "./schema_pattern.ts";
import { unionOfObjects } from "./schema_union_objects.ts";
import {
  isEmpty,
  unionOfValidations,
  valueValidation,
} from "./schema_validation.ts";
import { INT_OR_STRING, type StructuralSchema } from "./structural_type.ts";

/**
 * Makes the schema of values that fit one of several schemas.
 *
 * @param members The schemas, at least one.
 * @param options Which union, and where.
 * @returns The union, of one type.
 * @throws {SchemaError} If it has no Kubernetes form.
 */
export function unionOfSchemas(
  members: readonly StructuralSchema[],
  options: UnionOptions,
): StructuralSchema {
  const [first, ...others] = members;
  if (first !== undefined && others.length === 0) return first;
  const parts = numbersOfIntegers(members);
  const types = new Set(parts.map(typeOf));
  const nullable = parts.some((part) => part.nullable)
    ? { nullable: true }
    : {};
  const [type] = types;
  if (types.size > 1) {
    if ([...types].every((name) => INT_AND_STRING.has(name))) {
      return { ...intOrString(parts, options), ...nullable };
    }
  } else if (type === "object") {
    return { ...unionOfObjects(parts, options), ...nullable };
  } else if (type === undefined) {
    return unionOfValidations(
      options.key,
      parts.map((part) => valueValidation(part, options.path)),
    );
  } else if (SCALARS.has(type)) {
    return { type, ...unionOfScalars(parts, options), ...nullable };
  }
  const names = [...types].map((name) => name ?? "any").sort().join(" and ");
  throw new SchemaError(
    options.path,
    `a union of ${names} values has no Kubernetes type`,
  );
}

/** Which union, and where. */
export interface UnionOptions {
  /** The keyword. */
  readonly key: "anyOf" | "oneOf";
  /** Where it stands, for errors. */
  readonly path: string;
}

const SCALARS: ReadonlySet<string> = new Set([
  "boolean",
  "integer",
  "number",
  "string",
]);

const INT_AND_STRING: ReadonlySet<string | undefined> = new Set([
  "integer",
  "string",
  INT_OR_STRING,
]);

function typeOf(schema: StructuralSchema): string | undefined {
  return schema[INT_OR_STRING] === true ? INT_OR_STRING : schema.type;
}

function unionOfScalars(
  parts: readonly StructuralSchema[],
  { key, path }: UnionOptions,
): StructuralSchema {
  const validations = parts.map((part) => valueValidation(part, path));
  const isEnum = validations.every((part) =>
    part.enum !== undefined && Object.keys(part).length === 1
  );
  if (!isEnum) return unionOfValidations(key, validations);
  return { enum: [...new Set(parts.flatMap((part) => part.enum ?? []))] };
}

/** Validations of strings do not bind integers, nor the other way round. */
function intOrString(
  parts: readonly StructuralSchema[],
  options: UnionOptions,
): StructuralSchema {
  const { path } = options;
  const result = { [INT_OR_STRING]: true };
  const either = parts.filter((part) => typeOf(part) === INT_OR_STRING);
  if (either.some((part) => isEmpty(valueValidation(part, path)))) {
    return result;
  }
  if (either.length > 0 || parts.some(isIntegerEnum)) {
    throw new SchemaError(
      path,
      "a union of strings and given integers has no Kubernetes type",
    );
  }
  const validations = ["string", "integer"].map((type) => {
    const same = parts.filter((part) => part.type === type).map(patternOfEnum);
    return unionOfValidations(
      options.key,
      same.map((part) => valueValidation(part, path)),
    );
  });
  return validations.reduce<StructuralSchema>(
    (left, right) => intersectSchemas(left, right, path),
    result,
  );
}

/** Beside numbers, given integers are given numbers. */
function numbersOfIntegers(
  parts: readonly StructuralSchema[],
): readonly StructuralSchema[] {
  if (parts.every((part) => part.type !== "number")) return parts;
  return parts.map((part) =>
    isIntegerEnum(part) ? { ...part, type: "number" } : part
  );
}

function isIntegerEnum(part: StructuralSchema): boolean {
  return part.type === "integer" && part.enum !== undefined;
}

/** An enum would bind integers too, a pattern does not. */
function patternOfEnum(part: StructuralSchema): StructuralSchema {
  if (part.enum === undefined) return part;
  const { enum: values, ...rest } = part;
  return { ...rest, pattern: patternOfValues(values) };
}
