import type { JsonObject } from "../schema/type_schema.ts";
import { compare } from "./compare.ts";
import type { FieldContext } from "./field_context.ts";
import { difference, type FieldSet } from "./field_set.ts";
import { goJson } from "./go_value_text.ts";
import { compareText, isObject } from "./json_value.ts";
import { metadataOf, withoutManagedFields } from "./managers.ts";
import { toFieldSet } from "./to_field_set.ts";

/** Where client-side apply keeps its last configuration. */
const ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

function lastApplied(object: JsonObject | undefined): string | undefined {
  const { annotations } = metadataOf(object);
  const text = isObject(annotations) ? annotations[ANNOTATION] : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}

function parse(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // The annotation is the user's: it may hold anything.
  }
}

/**
 * Collects the fields that client-side apply set last and that nobody has
 * changed since.
 *
 * @param live The stored object.
 * @param context Schema and API version of the request.
 * @returns The fields; `undefined` without a readable annotation.
 * @throws {StructuredMergeError} If an object does not fit the schema.
 */
export function lastAppliedFields(
  live: JsonObject | undefined,
  { schema, apiVersion }: FieldContext,
): FieldSet | undefined {
  const config = parse(lastApplied(live));
  if (live === undefined || config?.apiVersion !== apiVersion) return undefined;
  const { added, modified, removed } = compare(
    schema,
    config,
    withoutManagedFields(live),
  );
  return [modified, added, removed].reduce(
    (fields, change) => difference(fields, change),
    toFieldSet(schema, config),
  );
}

/**
 * Writes the configuration into the annotation of client-side apply, if the
 * object has it.
 *
 * @param object The object after the apply.
 * @param applied The configuration.
 * @returns The object with the annotation of this configuration.
 */
export function syncLastApplied(
  object: JsonObject,
  applied: JsonObject,
): JsonObject {
  if (lastApplied(object) === undefined) return object;
  const { annotations } = metadataOf(object);
  return {
    ...object,
    metadata: {
      ...metadataOf(object),
      annotations: {
        ...(isObject(annotations) && annotations),
        [ANNOTATION]: `${sortedJson(withoutAnnotation(applied))}\n`,
      },
    },
  };
}

function withoutAnnotation(applied: JsonObject): JsonObject {
  const { annotations, ...metadata } = metadataOf(applied);
  if (!isObject(annotations)) return applied;
  const { [ANNOTATION]: _, ...others } = annotations;
  return { ...applied, metadata: { ...metadata, annotations: others } };
}

/** Writes JSON as Go does: keys sorted, HTML escaped. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (!isObject(value)) return goJson(value);
  const fields = Object.keys(value).sort(compareText)
    .map((name) => `${goJson(name)}:${sortedJson(value[name])}`);
  return `{${fields.join(",")}}`;
}
