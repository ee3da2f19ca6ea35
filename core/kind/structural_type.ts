/**
 * A schema in the form CRDs take: every value has one type, which stands
 * outside `allOf`, `anyOf`, `oneOf` and `not`.
 *
 * See "Specifying a structural schema" in the Kubernetes documentation of
 * CustomResourceDefinitions.
 */
export interface StructuralSchema {
  /** The JSON type; absent for int-or-string and for any value. */
  readonly type?: string;
  /** Whether `null` is a value too. */
  readonly nullable?: boolean;
  /** The allowed values. */
  readonly enum?: readonly unknown[];
  /** The named members of an object. */
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  /** The members an object must have. */
  readonly required?: readonly string[];
  /** The values of a map. */
  readonly additionalProperties?: StructuralSchema;
  /** The items of an array. */
  readonly items?: StructuralSchema;
  /** Validations that all hold. */
  readonly allOf?: readonly StructuralSchema[];
  /** Validations of which one holds, or more. */
  readonly anyOf?: readonly StructuralSchema[];
  /** Validations of which exactly one holds. */
  readonly oneOf?: readonly StructuralSchema[];
  /** A validation that does not hold. */
  readonly not?: StructuralSchema;
  /** Other keywords, and `x-kubernetes-…` extensions. */
  readonly [keyword: string]: unknown;
}

/** Key of the extension for values that are integers or strings. */
export const INT_OR_STRING = "x-kubernetes-int-or-string";

/** Key of the extension for values that the server does not prune. */
export const PRESERVE_UNKNOWN = "x-kubernetes-preserve-unknown-fields";

/** Key of the extension for rules in the Common Expression Language. */
export const RULES = "x-kubernetes-validations";

/** Keywords that say which values of a type are valid, `required` apart. */
export const VALIDATIONS: readonly string[] = [
  "enum",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "anyOf",
  "oneOf",
  "not",
];

/**
 * Whether two parts of a schema are written alike.
 *
 * @param left A part of a schema.
 * @param right Another one.
 * @returns Whether their JSON is equal.
 */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
