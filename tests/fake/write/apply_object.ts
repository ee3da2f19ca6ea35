import { STATUS_CODE } from "@std/http";
import { accessQuestion } from "../access/access_question.ts";
import { setSchemaDefaults } from "../crd/defaulting.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { StatusError } from "../http/status_error.ts";
import {
  badRequest,
  conflict,
  internal,
  MODIFIED,
  notFound,
} from "../http/status_errors.ts";
import { type ApplyResult, serverSideApply } from "../merge/apply.ts";
import { describeObject } from "../merge/describe_object.ts";
import { isObject } from "../merge/json_value.ts";
import { keepTimestamps } from "../merge/keep_timestamps.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import { answerObject } from "../read/answer_object.ts";
import { decodeCustom } from "../resource/decode_custom.ts";
import { decodeNative } from "../resource/decode_native.ts";
import { DecodeError } from "../resource/decoded.ts";
import { jsonTypeName } from "../resource/go_type.ts";
import { resourceName } from "../resource/served_resource.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { parseYaml } from "../yaml/yaml_body.ts";
import { admitted } from "./admitted.ts";
import { checkCreatable } from "./create_object.ts";
import { createStored } from "./create_stored.ts";
import { fieldContext } from "./field_manager.ts";
import { inNamespace } from "./in_namespace.ts";
import { findLive } from "./live_object.ts";
import { admitToNamespace } from "./namespace_admission.ts";
import { ownedApply } from "./managed_versions.ts";
import { untilSettled } from "./until_settled.ts";
import { updateStored } from "./update_stored.ts";
import type { WriteOptions } from "./write_options.ts";

/**
 * Answers a server-side apply.
 *
 * @param context The request.
 * @param text The body, YAML or JSON.
 * @param options Its query parameters.
 * @returns 200, or 201 if the object is new, with the object.
 */
export async function applyObject(
  context: RequestContext,
  text: string,
  options: WriteOptions,
): Promise<Answer> {
  const schema = await context.resource.schema() ?? {};
  return await untilSettled(() => apply(context, { text, schema, options }));
}

async function apply(
  context: RequestContext,
  { text, schema, options }: {
    readonly text: string;
    readonly schema: TypeSchema;
    readonly options: WriteOptions;
  },
): Promise<Answer> {
  const { resource, info, state } = context;
  const live = findLive(context);
  if (live !== undefined && resource.conversion !== undefined) {
    await resource.conversion.readAnew(live.object);
  }
  if (live === undefined && info.subresource !== "") {
    throw notFound(resourceName(resource), info.name);
  }
  const config = await readConfig(context, text, options);
  const current = live && resource.fromStored(live.object);
  checkConfig(context, config, current);
  const fields = {
    ...fieldContext(context, { schema, manager: options.manager }),
    force: options.force,
  };
  const result = resource.conversion === undefined
    ? serverSideApply(current, config, fields)
    : await ownedApply(context, { live: current, config }, fields);
  const applied = appliedObject(result);
  const { dryRun } = options;
  if (current === undefined || live === undefined) {
    const question = accessQuestion(info, "");
    state.access.authorize(context.user, { ...question, verb: "create" });
    const object = withDefaults(context, applied, { schema, config });
    admitToNamespace(state, resource, info);
    checkCreatable(context, info.name);
    const named = inNamespace(context, object);
    const made = await admitted(context, {
      operation: "CREATE",
      object: withMetadata(named, { name: info.name }),
    });
    const updates = true;
    const stored = await createStored(context, made, {
      dryRun,
      schema,
      updates,
    });
    return answerObject(context, stored, STATUS_CODE.Created);
  }
  const next = applied === current ? current : keepTimestamps(
    current,
    withDefaults(context, applied, { schema, config }),
  );
  const made = await admitted(context, {
    operation: "UPDATE",
    object: next,
    oldObject: current,
  });
  const stored = await updateStored(context, { live, next: made, dryRun });
  return answerObject(context, stored, STATUS_CODE.OK);
}

/**
 * Takes the object out of the result of an apply.
 *
 * @param result The result.
 * @returns The object.
 * @throws {StatusError} 409 if others own fields of it, 500 if it makes none.
 */
export function appliedObject(result: ApplyResult): JsonObject {
  if ("invalid" in result) throw internal(result.invalid);
  if (!("conflicts" in result)) return result.object;
  throw new StatusError(result.message, {
    code: STATUS_CODE.Conflict,
    reason: "Conflict",
    details: {
      causes: result.conflicts.map(({ message, field }) => ({
        reason: "FieldManagerConflict",
        message,
        field,
      })),
    },
  });
}

function withDefaults(
  { resource }: RequestContext,
  object: JsonObject,
  { schema, config }: {
    readonly schema: TypeSchema;
    readonly config: JsonObject;
  },
): JsonObject {
  const { strategy, kind } = resource;
  if (strategy.custom) {
    const { metadata } = decodeCustom(
      { metadata: object.metadata },
      {},
    ).object;
    return setSchemaDefaults({ ...object, metadata }, schema);
  }
  try {
    const decoded = decodeNative(object, schema, kind).object;
    return strategy.setDefaults(decoded);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const place = describeObject(config);
    const [, type] = place.split("; ");
    throw internal(
      `failed to convert new object (${place}) to proper version: unable to convert unstructured object to ${type}: ${error.converting}`,
    );
  }
}

async function readConfig(
  { warnings }: RequestContext,
  text: string,
  { fieldValidation }: WriteOptions,
): Promise<JsonObject> {
  let body;
  try {
    body = await parseYaml(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badRequest(
      `error decoding YAML: error converting YAML to JSON: yaml: ${why}`,
    );
  }
  const { value, duplicates } = body;
  if (duplicates.length > 0 && fieldValidation === "Strict") {
    const lines = duplicates.map((line) => `\n  ${line}`).join("");
    throw badRequest(
      `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:${lines}`,
    );
  }
  if (fieldValidation === "Warn") warnings.push(...duplicates);
  if (value === null) return {};
  if (isObject(value)) return value;
  throw badRequest(
    `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${
      jsonTypeName(value)
    } into Go value of type map[string]interface {}`,
  );
}

function checkConfig(
  context: RequestContext,
  config: JsonObject,
  live: JsonObject | undefined,
): void {
  const { resource, info } = context;
  const { apiVersion, kind } = config;
  if (apiVersion !== resource.apiVersion || kind !== resource.kind) {
    const version = String(apiVersion ?? "");
    const shown = version.includes("/") ? version : `/${version}`;
    throw badRequest(`invalid object type: ${shown}, Kind=${kind ?? ""}`);
  }
  const { managedFields, name = info.name, uid, resourceVersion } = metadataOf(
    config,
  );
  if (managedFields !== undefined) {
    throw badRequest("metadata.managedFields must be nil");
  }
  if (name !== info.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  }
  inNamespace(context, config);
  const fail = (why: string) =>
    conflict(resourceName(resource), { name: info.name, why });
  if (live === undefined && uid) {
    throw fail(
      `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    );
  }
  const current = live && metadataOf(live).resourceVersion;
  if (current !== undefined && resourceVersion && resourceVersion !== current) {
    throw fail(MODIFIED);
  }
}
