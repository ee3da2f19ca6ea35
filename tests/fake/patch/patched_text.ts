import { compareText, isObject } from "../merge/json_value.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

/**
 * What a patch has looked into: such objects are written anew, with their keys
 * in order; the rest stays as the server wrote it before.
 */
export interface Touched {
  /** The same of a field or item. */
  readonly [key: string]: Touch;
}

/**
 * `"new"` if it came with the patch and is written anew, `"given"` if it came
 * with it and stays as it is written there.
 */
type Touch = Touched | "new" | "given";

/**
 * Lists what a JSON patch looks into.
 *
 * @param operations The patch.
 * @returns The places.
 */
export function touchedByOperations(operations: readonly unknown[]): Touched {
  const touched: Record<string, Touch> = {};
  for (const operation of operations) {
    if (!isObject(operation)) continue;
    for (const pointer of [operation.path, operation.from]) {
      const names = String(pointer ?? "").split("/").slice(1);
      const last = names.pop();
      let at = touched;
      for (const name of names) {
        const next = at[name];
        at = at[name] = typeof next === "object" ? { ...next } : {};
      }
      const isGiven = pointer === operation.path && "value" in operation;
      if (isGiven && last !== undefined) at[last] = "given";
    }
  }
  return touched;
}

/**
 * Lists what a merge patch looks into.
 *
 * @param patch The patch.
 * @param object What it changes.
 * @returns The places.
 */
export function touchedByMerge(patch: JsonObject, object: JsonObject): Touched {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => {
      const former = object[name];
      return [
        name,
        isObject(value) && isObject(former)
          ? touchedByMerge(value, former)
          : "new",
      ];
    }),
  );
}

/**
 * Writes the result of a patch as the server shows it in messages.
 *
 * @param value The result.
 * @param schema Schema of the object.
 * @param touched What the patch has looked into; nothing if absent.
 * @returns JSON.
 */
export function patchedText(
  value: unknown,
  schema: TypeSchema,
  touched?: Touch,
): string {
  return JSON.stringify(ordered(value, schema, touched));
}

function ordered(
  value: unknown,
  schema: TypeSchema,
  touched: Touch | undefined,
): unknown {
  if (touched === "given") return value;
  if (Array.isArray(value)) {
    const items = schema.items ?? {};
    return value.map((item, index) => {
      const key = index === value.length - 1 ? ["-", `${index}`] : [`${index}`];
      const of = touched === "new"
        ? touched
        : key.map((name) => touched?.[name]).find((touch) => touch);
      return ordered(item, items, of);
    });
  }
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  const sorted = touched === undefined && schema.properties !== undefined
    ? byType(names, schema.properties)
    : names.sort(compareText);
  return Object.fromEntries(sorted.map((name) => [
    name,
    ordered(
      value[name],
      schema.properties?.[name] ?? schema.additionalProperties ?? {},
      touched === "new" ? "new" : touched?.[name],
    ),
  ]));
}

/** The order of the Go type, in which schemas list its fields. */
function byType(
  names: readonly string[],
  properties: Readonly<Record<string, TypeSchema>>,
): string[] {
  const known = Object.keys(properties).filter((name) => names.includes(name));
  return [...new Set([...known, ...names])];
}
