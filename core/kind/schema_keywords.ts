import { SchemaError } from "./schema_error.ts";
import { isSupportedPattern } from "./schema_pattern.ts";
import type { JsonSchema } from "./schema_place.ts";
import type { StructuralSchema } from "./structural_type.ts";

/**
 * Takes over the keywords of one schema that hold no other schema.
 *
 * Annotations that Kubernetes does not know are left out.
 *
 * @param schema The schema, with its type.
 * @param path Where it stands, for errors.
 * @returns The keywords in their Kubernetes form.
 * @throws {SchemaError} If a validation has no Kubernetes form.
 */
export function schemaKeywords(
  schema: JsonSchema,
  path: string,
): StructuralSchema {
  const refused = REFUSED.find((keyword) => schema[keyword] !== undefined);
  if (refused !== undefined) {
    throw new SchemaError(path, `Kubernetes has no ${refused}`);
  }
  const kept = Object.entries(schema).filter(([keyword, value]) =>
    value !== undefined &&
    (KEPT.has(keyword) || keyword.startsWith("x-kubernetes-"))
  );
  return {
    ...Object.fromEntries(kept),
    ...limit(schema, "minimum", "exclusiveMinimum"),
    ...limit(schema, "maximum", "exclusiveMaximum"),
    ...format(schema),
    ...pattern(schema, path),
  };
}

const KEPT: ReadonlySet<string> = new Set([
  "type",
  "title",
  "description",
  "default",
  "nullable",
  "enum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "multipleOf",
]);

/** Dropping one of these would let invalid values pass. */
const REFUSED: readonly string[] = [
  "prefixItems",
  "contains",
  "if",
  "dependentRequired",
  "dependentSchemas",
];

/** The formats the API server knows; it warns of others. */
const FORMATS: ReadonlySet<unknown> = new Set([
  "byte",
  "cidr",
  "date",
  "date-time",
  "double",
  "duration",
  "email",
  "float",
  "hostname",
  "int32",
  "int64",
  "ipv4",
  "ipv6",
  "mac",
  "password",
  "uri",
  "uuid",
]);

/** Kubernetes writes an exclusive limit as the limit and a flag. */
function limit(
  schema: JsonSchema,
  inclusive: "minimum" | "maximum",
  exclusive: "exclusiveMinimum" | "exclusiveMaximum",
): StructuralSchema {
  const { [inclusive]: bound, [exclusive]: strict } = schema;
  if (typeof strict !== "number") {
    return {
      ...bound === undefined ? {} : { [inclusive]: bound },
      ...strict === true ? { [exclusive]: true } : {},
    };
  }
  const isWeaker = typeof bound === "number" &&
    (inclusive === "minimum" ? bound > strict : bound < strict);
  return isWeaker
    ? { [inclusive]: bound }
    : { [inclusive]: strict, [exclusive]: true };
}

function format({ format }: JsonSchema): StructuralSchema {
  return FORMATS.has(format) ? { format } : {};
}

function pattern(
  { pattern, format }: JsonSchema,
  path: string,
): StructuralSchema {
  if (typeof pattern !== "string") return {};
  if (isSupportedPattern(pattern)) return { pattern };
  if (format === "hostname") return {}; // the server checks as much by itself
  throw new SchemaError(
    path,
    `the pattern ${pattern} uses look-around, a back-reference or another ` +
      `thing that Go's RE2 lacks`,
  );
}
