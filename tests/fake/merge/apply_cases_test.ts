import { assert, assertEquals } from "@std/assert";
import type { ApplyCase, ApplyStep } from "../../conformance/apply_case.ts";
import { builtinResetFields } from "../schema/builtin_reset_fields.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import { crdSchema } from "../schema/crd_schema.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { serverSideApply } from "./apply.ts";
import type { FieldContext } from "./field_context.ts";
import { equalJson, isEmpty, isObject } from "./json_value.ts";
import { keepTimestamps } from "./keep_timestamps.ts";
import { metadataOf } from "./managers.ts";
import { updateManagedFields } from "./update_managed_fields.ts";

/**
 * Replays what a real kube-apiserver answered on the merge functions alone. The
 * object before a step is the recorded one, so that what other parts of a server
 * do (defaults, generation, allocated addresses) need not be done here.
 */
const CASES = new URL("../../conformance/apply_cases/", import.meta.url);

async function readJson<T>(name: string): Promise<T> {
  return JSON.parse(await Deno.readTextFile(new URL(name, CASES)));
}

async function schemaOf({ kind, crd }: ApplyCase): Promise<TypeSchema> {
  if (crd === undefined) {
    const schema = await builtinSchema(kind.group, kind.version, kind.kind);
    assert(schema);
    return schema;
  }
  const { spec } = await readJson<
    { spec: { versions: [{ schema: { openAPIV3Schema: JsonObject } }] } }
  >(`crds/${crd}`);
  return crdSchema(spec.versions[0].schema.openAPIV3Schema, {
    hasStatus: true,
  });
}

/** `<time 3>` becomes the time the third step is replayed at, and back. */
function timeAt(step: number): string {
  return `2030-01-01T00:00:${String(step).padStart(2, "0")}Z`;
}

function unmask<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value).replaceAll(
      /<time (\d+)>/g,
      (_, step) => timeAt(Number(step)),
    ),
  );
}

function contextOf(
  { kind, crd }: ApplyCase,
  { path, query }: ApplyStep,
  schema: TypeSchema,
  step: number,
): FieldContext {
  // /api/VERSION/… or /apis/GROUP/VERSION/…
  const [version = "", ...rest] = path.split("/").slice(kind.group ? 3 : 2);
  const [, , subresource] = rest.slice(rest.indexOf(kind.plural));
  const hasStatus = crd !== "gadgets.json";
  const resetFields = crd === undefined
    ? builtinResetFields(kind.group, kind.plural, subresource)
    : [[subresource === "status" ? "spec" : "status"]];
  return {
    schema,
    manager: query.fieldManager ?? "",
    apiVersion: kind.group ? `${kind.group}/${version}` : version,
    time: timeAt(step),
    ...(subresource && { subresource }),
    ...(hasStatus && { resetFields }),
  };
}

/** Go leaves these out where a field is optional. */
function isNothing(value: unknown): boolean {
  return value === null || isObject(value) && isEmpty(value);
}

/** Adds what the server adds afterwards, as far as it is not there yet. */
function fill(value: unknown, answer: unknown): unknown {
  if (value === undefined || value === null) return answer;
  if (isObject(value) && isObject(answer)) {
    const filled: Record<string, unknown> = {};
    for (
      const name of new Set([...Object.keys(value), ...Object.keys(answer)])
    ) {
      if (isNothing(value[name]) && !Object.hasOwn(answer, name)) continue;
      filled[name] = fill(value[name], answer[name]);
    }
    return filled;
  }
  if (Array.isArray(value) && Array.isArray(answer)) {
    return value.map((item, index) => fill(item, answer[index]));
  }
  return value;
}

/** Adds the defaults of a custom kind. */
function withDefaults(schema: TypeSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => withDefaults(items, item)) : value;
  }
  if (!isObject(value)) return value;
  const object: Record<string, unknown> = { ...value };
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (object[name] === undefined && field.default !== undefined) {
      object[name] = field.default;
    }
  }
  for (const name of Object.keys(object)) {
    const field = schema.properties?.[name] ?? schema.additionalProperties;
    if (field) object[name] = withDefaults(field, object[name]);
  }
  return object;
}

const SERVER_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "namespace",
  "resourceVersion",
  "uid",
];

function withServerMetadata(
  object: JsonObject,
  answer: JsonObject,
): JsonObject {
  const metadata: Record<string, unknown> = { ...metadataOf(object) };
  for (const name of SERVER_METADATA) {
    const value = metadataOf(answer)[name];
    if (value === undefined) delete metadata[name];
    else metadata[name] = value;
  }
  return { ...object, metadata };
}

function without(object: JsonObject, path: string): JsonObject {
  const [name = "", ...rest] = path.split(".");
  const { [name]: child, ...others } = object;
  if (!isObject(child) || rest.length === 0) return others;
  return { ...others, [name]: without(child, rest.join(".")) };
}

function isAnswerOfApply({ contentType, body, expect }: ApplyStep): boolean {
  if (contentType !== "application/apply-patch+yaml" || !isObject(body)) {
    return false;
  }
  if (!isObject(expect?.body)) return false;
  const { code = 200, message = "" } = expect.body;
  return code === 200 || String(message).startsWith("failed to create typed") ||
    String(message).startsWith("Apply failed");
}

function replayApply(
  applyCase: ApplyCase,
  step: ApplyStep,
  live: JsonObject | undefined,
  context: FieldContext,
): void {
  const answer = unmask(step.expect?.body) as JsonObject;
  const result = serverSideApply(live, step.body as JsonObject, {
    ...context,
    force: step.query.force === "true",
  });
  if ("invalid" in result) {
    assertEquals(result.invalid, answer.message);
    return;
  }
  if ("conflicts" in result) {
    assertEquals(result.message, answer.message);
    assertEquals(
      result.conflicts.map(({ message, field }) => ({
        reason: "FieldManagerConflict",
        message,
        field,
      })),
      (answer.details as { causes: unknown[] }).causes,
    );
    return;
  }
  let object = withServerMetadata(result.object, answer);
  if (context.subresource === "status") {
    object = { ...answer, status: object.status, metadata: object.metadata };
    for (const name of ["labels", "annotations"]) {
      object = fill(without(object, `metadata.${name}`), answer) as JsonObject;
    }
  } else if (context.resetFields?.length) {
    object = fill(without(object, "status"), answer) as JsonObject;
  }
  object = applyCase.serverDefaults
    ? fill(object, answer) as JsonObject
    : applyCase.crd
    ? withDefaults(context.schema, object) as JsonObject
    : fill(object, answer) as JsonObject;
  assertSame(keepTimestamps(live, object), answer);
}

/** The object after a merge patch of a custom kind, before the server's part. */
function changedObject(
  { crd }: ApplyCase,
  { contentType, body }: ApplyStep,
  live: JsonObject | undefined,
  schema: TypeSchema,
): JsonObject | undefined {
  return crd !== undefined && contentType === "application/merge-patch+json"
    ? withDefaults(schema, mergePatch(live, body)) as JsonObject
    : undefined;
}

function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(value) ? { ...value } : {};
  for (const [name, child] of Object.entries(patch)) {
    if (child === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], child);
  }
  return merged;
}

function replayUpdate(
  applyCase: ApplyCase,
  step: ApplyStep,
  live: JsonObject | undefined,
  context: FieldContext,
): void {
  const answer = unmask(step.expect?.body) as JsonObject;
  const requested = metadataOf(step.body as JsonObject).managedFields ??
    metadataOf(live).managedFields;
  const changed = changedObject(applyCase, step, live, context.schema) ??
    answer;
  const { managedFields: _, ...metadata } = metadataOf(changed);
  let next: JsonObject = {
    ...changed,
    metadata: requested === undefined
      ? metadata
      : { ...metadata, managedFields: requested },
  };
  if (live === undefined) {
    for (const path of applyCase.serverSet ?? []) next = without(next, path);
  }
  const updated = updateManagedFields(live, next, context);
  assertEquals(
    JSON.stringify(fieldsOf(updated), null, 1),
    JSON.stringify(fieldsOf(answer), null, 1),
  );
}

/** Equal objects, and managed fields in the same order. */
function assertSame(actual: JsonObject, expected: JsonObject): void {
  assertEquals(
    JSON.stringify(fieldsOf(actual), null, 1),
    JSON.stringify(fieldsOf(expected), null, 1),
  );
  if (!equalJson(actual, expected)) assertEquals(actual, expected);
}

/** Managed fields with the keys of an entry in one order. */
function fieldsOf(object: JsonObject): unknown {
  const { managedFields } = metadataOf(object);
  if (!Array.isArray(managedFields)) return managedFields;
  return managedFields.map((entry) =>
    Object.fromEntries(Object.entries(entry).sort(([a], [b]) => a < b ? -1 : 1))
  );
}

async function replay(applyCase: ApplyCase): Promise<void> {
  const schema = await schemaOf(applyCase);
  let live: JsonObject | undefined;
  for (const [index, step] of applyCase.steps.entries()) {
    const { method, query, expect } = step;
    if (expect === undefined) continue;
    const context = contextOf(applyCase, step, schema, index + 1);
    const write = method === "POST" || method === "PUT" || method === "PATCH";
    if (write) {
      if (isAnswerOfApply(step)) {
        replayApply(applyCase, step, live, context);
      } else if (expect.status < 300 && isObject(step.body)) {
        replayUpdate(applyCase, step, live, context);
      }
    }
    if (expect.status < 300 && query.dryRun === undefined) {
      live = unmask(expect.body) as JsonObject;
    }
  }
}

for (const { name } of Deno.readDirSync(CASES)) {
  if (!name.endsWith(".json")) continue;
  const applyCase = await readJson<ApplyCase>(name);
  Deno.test(`serverSideApply() answers as recorded: ${applyCase.name}`, () =>
    replay(applyCase));
}
