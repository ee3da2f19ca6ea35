import type { TypeSchema } from "../schema/type_schema.ts";
import { goSyntax, goText, goType } from "./go_value_text.ts";
import { isObject } from "./json_value.ts";
import { elementText, itemElement } from "./path_element.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import {
  fieldSchema,
  isAtomicList,
  itemSchema,
  shapeOf,
} from "./type_shape.ts";

/** How {@linkcode validateConfig} checks. */
export interface ValidateConfigOptions {
  /**
   * Whether items may have equal keys, as those of a stored object.
   *
   * @default {false}
   */
  readonly duplicates?: boolean;
}

/**
 * Checks that a configuration fits its schema: types, declared fields, and no
 * two items of a set or map list with the same key.
 *
 * @param schema Schema of the configuration.
 * @param config The configuration.
 * @param options How.
 * @returns What does not fit, in the words of structured-merge-diff, or
 * `undefined`.
 *
 * @example An undeclared field
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { validateConfig } from "./validate_config.ts";
 *
 * const problem = validateConfig(
 *   { type: "object", properties: { size: { type: "integer" } } },
 *   { sise: 1 },
 * );
 * assertEquals(problem, ".sise: field not declared in schema");
 * ```
 */
export function validateConfig(
  schema: TypeSchema,
  config: unknown,
  { duplicates = false }: ValidateConfigOptions = {},
): string | undefined {
  const problems: string[] = [];
  validate({ schema, path: "", problems, duplicates }, config);
  return problems.length > 1
    ? ["errors:", ...problems.map((problem) => `  ${problem}`)].join("\n")
    : problems[0];
}

interface Place {
  readonly schema: TypeSchema;
  readonly path: string;
  readonly problems: string[];
  readonly duplicates: boolean;
}

function report({ path, problems }: Place, problem: string): void {
  problems.push(path === "" ? problem : `${path}: ${problem}`);
}

function validate(place: Place, value: unknown): void {
  if (value === null) return;
  if (place.schema.validation?.format === "quantity") {
    return validateScalar(place, value);
  }
  switch (shapeOf(place.schema, value)) {
    case "map":
      if (isObject(value)) validateFields(place, value);
      else report(place, `expected map, got &{${goText(value)}}`);
      break;
    case "list":
      if (Array.isArray(value)) validateItems(place, value);
      else report(place, `expected list, got &{${goText(value)}}`);
      break;
    default:
      validateScalar(place, value);
  }
}

function validateScalar(place: Place, value: unknown): void {
  const { type, validation } = place.schema;
  if (type === "integer" || type === "number") {
    if (typeof value !== "number") {
      report(
        place,
        `expected numeric (int or float), got ${goType(value)}`,
      );
    }
  } else if (type === "boolean") {
    if (typeof value !== "boolean") {
      report(place, `expected boolean, got &{${goText(value)}}`);
    }
  } else if (type === "string" && isPlain(validation?.format)) {
    if (typeof value !== "string") {
      report(
        place,
        `expected string, got &value.valueUnstructured{Value:${
          goSyntax(value)
        }}`,
      );
    }
  } else if (typeof value === "object") {
    report(place, `expected any scalar, got &{${goText(value)}}`);
  }
}

/** Strings of any other format may be written as numbers, e.g. quantities. */
function isPlain(format: unknown): boolean {
  return format === undefined || format === "" || format === "byte";
}

function validateFields(
  place: Place,
  object: Readonly<Record<string, unknown>>,
): void {
  for (const name in object) {
    const path = `${place.path}.${name}`;
    const schema = fieldSchema(place.schema, name);
    if (schema === undefined) {
      report({ ...place, path }, "field not declared in schema");
      return; // Nothing more is looked at here.
    }
    validate({ ...place, schema, path }, object[name]);
  }
}

function validateItems(place: Place, list: readonly unknown[]): void {
  const schema = itemSchema(place.schema);
  const atomic = isAtomicList(place.schema);
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const element = atomic ? `i:${index}` : identify(place, item, index);
    if (element === undefined) return;
    const text = elementText(element);
    if (seen.has(element) && !place.duplicates) {
      report(place, `duplicate entries for key ${text}`);
    }
    seen.add(element);
    validate({ ...place, schema, path: place.path + text }, item);
  }
}

function identify(
  place: Place,
  item: unknown,
  index: number,
): string | undefined {
  try {
    return itemElement(place.schema, item);
  } catch (error) {
    if (!(error instanceof StructuredMergeError)) throw error;
    report(place, `element ${index}: ${error.message}`);
    return undefined;
  }
}
