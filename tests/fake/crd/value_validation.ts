import { isObject } from "../merge/json_value.ts";
import type { TypeSchema } from "../schema/type_schema.ts";
import {
  type FieldError,
  invalidType,
  invalidValue,
  tooLong,
} from "../validation/field_error.ts";
import { fitsFormat } from "./formats.ts";

/**
 * Checks a value of the right type against the keywords that restrict it.
 *
 * @param value The value.
 * @param schema Its schema.
 * @param path Where it is.
 * @returns What is wrong with it.
 */
export function valueErrors(
  value: unknown,
  schema: TypeSchema,
  path: string,
): FieldError[] {
  const rules = schema.validation;
  if (rules === undefined) return [];
  const check = new Check(path, rules);
  if (typeof value === "string") check.string(value);
  else if (typeof value === "number") check.number(value);
  else if (Array.isArray(value)) check.size(value.length, "items");
  else if (isObject(value)) {
    check.size(Object.keys(value).length, "properties");
  }
  return check.errors;
}

class Check {
  readonly errors: FieldError[] = [];
  readonly #path: string;
  readonly #rules: Readonly<Record<string, unknown>>;

  constructor(path: string, rules: Readonly<Record<string, unknown>>) {
    this.#path = path;
    this.#rules = rules;
  }

  string(value: string): void {
    const length = [...value].length;
    const { maxLength, minLength, pattern, format } = this.#rules;
    if (typeof maxLength === "number" && length > maxLength) {
      this.errors.push(tooLong(this.#path, maxLength));
    }
    if (this.errors.length > 0) return;
    if (typeof minLength === "number" && length < minLength) {
      this.#add(value, `should be at least ${minLength} chars long`);
    }
    if (this.errors.length > 0) return;
    if (typeof pattern === "string" && !matches(pattern, value)) {
      this.#add(value, `should match '${pattern}'`);
    }
    if (this.errors.length > 0) return;
    if (typeof format === "string" && !fitsFormat(format, value)) {
      const why = `${this.#path} in body must be of type ${format}: ${
        JSON.stringify(value)
      }`;
      this.errors.push(invalidType(this.#path, value, why));
    }
  }

  number(value: number): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } =
      this.#rules;
    if (typeof maximum === "number") {
      if (exclusiveMaximum ? value >= maximum : value > maximum) {
        const or = exclusiveMaximum ? "" : " or equal to";
        this.#add(value, `should be less than${or} ${maximum}`);
      }
    }
    if (typeof minimum === "number") {
      if (exclusiveMinimum ? value <= minimum : value < minimum) {
        const or = exclusiveMinimum ? "" : " or equal to";
        this.#add(value, `should be greater than${or} ${minimum}`);
      }
    }
    if (typeof multipleOf === "number" && !isMultiple(value, multipleOf)) {
      this.#add(value, `should be a multiple of ${multipleOf}`);
    }
  }

  size(count: number, what: "items" | "properties"): void {
    const [most, least] = what === "items"
      ? [this.#rules.maxItems, this.#rules.minItems]
      : [this.#rules.maxProperties, this.#rules.minProperties];
    if (typeof most === "number" && count > most) {
      const items = most === 1 ? "item" : "items";
      this.errors.push({
        reason: "FieldValueTooMany",
        message: `Too many: ${count}: must have at most ${most} ${items}`,
        field: this.#path,
      });
    }
    if (typeof least === "number" && count < least) {
      this.#add(count, `should have at least ${least} ${what}`);
    }
  }

  #add(value: unknown, why: string): void {
    const text = `${this.#path} in body ${why}`;
    this.errors.push(invalidValue(this.#path, value, text));
  }
}

function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

const patterns = new Map<string, RegExp | undefined>();

/** Whether a text fits a Go pattern; one that only Go knows fits all. */
function matches(pattern: string, value: string): boolean {
  if (!patterns.has(pattern)) patterns.set(pattern, compile(pattern));
  return patterns.get(pattern)?.test(value) ?? true;
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern.replaceAll("(?P<", "(?<"), "u");
  } catch {
    try {
      return new RegExp(pattern);
    } catch {
      return undefined;
    }
  }
}
