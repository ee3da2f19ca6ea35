/** A JSON object. */
export type JsonObject = { readonly [key: string]: unknown };

/**
 * A node of a resolved type schema: what structured merge, strategic merge,
 * defaulting, pruning and validation need to know about a value.
 *
 * A node of a built-in kind resolves its children when they are first read,
 * since built-in types may contain themselves.
 */
export interface TypeSchema {
  /** JSON type of the value; absent where any value is allowed. */
  readonly type?:
    | "object"
    | "array"
    | "string"
    | "integer"
    | "number"
    | "boolean"
    | undefined;
  /** Schemas of the declared fields of an object. */
  readonly properties?: Readonly<Record<string, TypeSchema>> | undefined;
  /** Schema of the undeclared fields of an object. */
  readonly additionalProperties?: TypeSchema | undefined;
  /** Schema of the items of an array. */
  readonly items?: TypeSchema | undefined;
  /** How a list is merged. @default "atomic" */
  readonly listType?: "atomic" | "set" | "map" | undefined;
  /** Fields that identify an item of a list of type `map`. */
  readonly listMapKeys?: readonly string[] | undefined;
  /** How an object is merged. @default "granular" */
  readonly mapType?: "granular" | "atomic" | undefined;
  /** Strategy of a strategic merge patch, e.g. `"merge,retainKeys"`. */
  readonly patchStrategy?: string | undefined;
  /** Field that identifies an item in a strategic merge patch. */
  readonly patchMergeKey?: string | undefined;
  /** Value of an absent field. */
  readonly default?: unknown;
  /** Fields an object must have. */
  readonly required?: readonly string[] | undefined;
  /** Go type of a value in a built-in kind, e.g. `v1.PodSpec`. */
  readonly goType?: string | undefined;
  /** Fields that the Go type of a built-in kind writes even if empty. */
  readonly always?: readonly string[] | undefined;
  /** Fields that the Go type of a built-in kind leaves out if zero. */
  readonly nonzero?: readonly string[] | undefined;
  /** Whether undeclared fields are kept. @default false */
  readonly preserveUnknownFields?: boolean | undefined;
  /**
   * Whether structured merge accepts undeclared fields that are pruned
   * afterwards, since a node above preserves its own. @default false
   */
  readonly mergeUnknownFields?: boolean | undefined;
  /** Whether the value is an integer or a string. @default false */
  readonly intOrString?: boolean | undefined;
  /** Whether `null` is a value of its own. @default false */
  readonly nullable?: boolean | undefined;
  /** Whether the object has apiVersion, kind and metadata. @default false */
  readonly embeddedResource?: boolean | undefined;
  /** Keywords that only restrict the value, as written in the CRD. */
  readonly validation?: JsonObject | undefined;
  /**
   * What a newly made object of a built-in kind already holds, since its Go
   * type always writes these fields. Present at the root of built-in kinds only.
   */
  readonly zero?: JsonObject | undefined;
}
