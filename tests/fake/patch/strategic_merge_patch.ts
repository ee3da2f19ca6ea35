import { internal } from "../http/status_errors.ts";
import { goType } from "../merge/go_value_text.ts";
import { isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { mergeLists } from "./strategic_lists.ts";

/** Fields of a patch that say how to merge, instead of what. */
const DIRECTIVE_REGEXP =
  /^\$(patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/;

/**
 * Applies a strategic merge patch: as a merge patch, but lists are merged where
 * the schema of the kind says so, and directives decide the rest.
 *
 * @param object What to change; not changed itself.
 * @param patch The patch.
 * @param schema Schema of the object.
 * @returns The changed object.
 * @throws {StatusError} 500 if an item of a merged list has no key.
 */
export function strategicMergePatch(
  object: JsonObject,
  patch: JsonObject,
  schema: TypeSchema,
): JsonObject {
  checkDirectives(patch);
  if (patch.$patch === "delete") return {};
  const fields = withoutDirectives(patch);
  if (patch.$patch === "replace") return fields;
  const result: Record<string, unknown> = retained(object, patch.$retainKeys);
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) {
      delete result[name];
      continue;
    }
    const child = schemaOf(schema, name);
    const current = Object.hasOwn(result, name) ? result[name] : undefined;
    setField(result, { name, value: merged(current, value, child) });
  }
  for (const name of listsOf(patch)) {
    const current = result[name];
    const child = schemaOf(schema, name);
    const value = mergeLists(Array.isArray(current) ? current : [], [], {
      schema: child,
      remove: patch[`$deleteFromPrimitiveList/${name}`],
      order: patch[`$setElementOrder/${name}`],
      mergeItems: strategicMergePatch,
    });
    if (Array.isArray(current)) result[name] = value;
  }
  return result;
}

/** Directives about lists hold lists. */
function checkDirectives(patch: JsonObject): void {
  for (const [name, value] of Object.entries(patch)) {
    if (Array.isArray(value) || !LIST_DIRECTIVE_REGEXP.test(name)) continue;
    throw internal(
      `expected a []interface {}, but received a ${goType(value)}`,
    );
  }
}

const LIST_DIRECTIVE_REGEXP = /^\$(setElementOrder|deleteFromPrimitiveList)/;

function merged(
  current: unknown,
  value: unknown,
  schema: TypeSchema,
): unknown {
  if (Array.isArray(value)) {
    const isMerged = schema.patchStrategy?.split(",").includes("merge");
    if (isMerged && current === undefined) return withoutListDirectives(value);
    return isMerged
      ? mergeLists(Array.isArray(current) ? current : [], value, {
        schema,
        mergeItems: strategicMergePatch,
      })
      : value;
  }
  if (!isObject(value)) return value;
  if (schema.patchStrategy === "replace") return withoutDirectives(value);
  return strategicMergePatch(isObject(current) ? current : {}, value, schema);
}

/** A list that is new is taken as it is. */
function withoutListDirectives(list: readonly unknown[]): unknown[] {
  return list.filter((item) => !isObject(item) || item.$patch === undefined);
}

/**
 * Finds the schema of a field of an object.
 *
 * @param schema Schema of the object.
 * @param name Name of the field.
 * @returns The schema; an empty one if there is none.
 */
export function schemaOf(schema: TypeSchema, name: string): TypeSchema {
  const { properties = {}, additionalProperties } = schema;
  const declared = Object.hasOwn(properties, name)
    ? properties[name]
    : undefined;
  return declared ?? additionalProperties ?? {};
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).filter(([name]) => !DIRECTIVE_REGEXP.test(name)),
  );
}

function retained(object: JsonObject, keys: unknown): JsonObject {
  if (!Array.isArray(keys)) return { ...object };
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => keys.includes(name)),
  );
}

/** The lists that only directives of a patch name. */
function listsOf(patch: JsonObject): Set<string> {
  const names = Object.keys(patch)
    .map((name) =>
      /^\$(?:setElementOrder|deleteFromPrimitiveList)\/(.*)$/.exec(name)?.[1]
    );
  return new Set(names.filter((name) => name !== undefined));
}
