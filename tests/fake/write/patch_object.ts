import { STATUS_CODE } from "@std/http";
import { mediaType, unsupportedMediaType } from "../http/media_type.ts";
import { readBody } from "../http/request_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { StatusError } from "../http/status_error.ts";
import { invalid } from "../http/status_errors.ts";
import { equalJson } from "../merge/json_value.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { type Patch, type ReadPatch, readPatch } from "../patch/patch.ts";
import { patchedText } from "../patch/patched_text.ts";
import { answerObject } from "../read/answer_object.ts";
import { type Decoded, DecodeError } from "../resource/decoded.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { invalidValue } from "../validation/field_error.ts";
import { admitted } from "./admitted.ts";
import { applyObject } from "./apply_object.ts";
import { inNamespace } from "./in_namespace.ts";
import { decodeAs } from "./decode_object.ts";
import { fieldContext } from "./field_manager.ts";
import { requireLive } from "./live_object.ts";
import { checkName } from "./update_object.ts";
import { ownedUpdate } from "./managed_versions.ts";
import { untilSettled } from "./until_settled.ts";
import { updateStored } from "./update_stored.ts";
import { type WriteOptions, writeOptions } from "./write_options.ts";

const APPLY = "application/apply-patch+yaml";
const JSON_PATCH = "application/json-patch+json";
const MERGE_PATCH = "application/merge-patch+json";
const STRATEGIC = "application/strategic-merge-patch+json";

/**
 * Answers a PATCH of any type.
 *
 * @param context The request.
 * @returns 200 with the object, or 201 if an apply made it.
 */
export async function patchObject(context: RequestContext): Promise<Answer> {
  const { request, resource } = context;
  const type = await patchType(context);
  const text = await readBody(request);
  const options = writeOptions(context, "PatchOptions", type === APPLY);
  if (type === APPLY) return await applyObject(context, text, options);
  const schema = await resource.schema() ?? {};
  requireLive(context);
  const patch = readPatch(PATCHES[type] ?? "merge", { text, schema });
  return await untilSettled(() => change(context, { patch, schema, options }));
}

async function change(
  context: RequestContext,
  { patch, schema, options }: {
    readonly patch: ReadPatch;
    readonly schema: TypeSchema;
    readonly options: WriteOptions;
  },
): Promise<Answer> {
  const live = requireLive(context);
  const { resource } = context;
  if (resource.conversion !== undefined) {
    await resource.conversion.readAnew(live.object);
  }
  const current = resource.fromStored(live.object);
  const patched = patch.change(current);
  const shown = () => patch.show(patched, current);
  const decoded = await decodePatched(context, {
    patched,
    shown,
    isConverted: patch.isConverted,
    schema,
    options,
  });
  checkName(context, decoded);
  const next = inNamespace(context, decoded);
  const fields = fieldContext(context, { schema, manager: options.manager });
  const owned = resource.conversion === undefined
    ? updateManagedFields(current, next, fields)
    : await ownedUpdate(context, { live: current, next }, fields);
  const made = await admitted(context, {
    operation: "UPDATE",
    object: owned,
    oldObject: current,
  });
  const stored = await updateStored(context, {
    live,
    next: made,
    dryRun: options.dryRun,
  });
  return answerObject(context, stored, STATUS_CODE.OK);
}

const PATCHES: Readonly<Record<string, Patch>> = {
  [JSON_PATCH]: "json",
  [MERGE_PATCH]: "merge",
  [STRATEGIC]: "strategic",
};

/**
 * Reads the type of a patch.
 *
 * @param context The request.
 * @returns Its content type.
 * @throws {StatusError} 415 if the resource takes no such patch.
 */
export async function patchType(
  { request, resource }: Pick<RequestContext, "request" | "resource">,
): Promise<string> {
  const type = mediaType(request.headers.get("content-type"));
  const accepted = resource.strategy.custom
    ? [JSON_PATCH, MERGE_PATCH, APPLY]
    : [JSON_PATCH, MERGE_PATCH, STRATEGIC, APPLY];
  if (accepted.includes(type)) return type;
  await request.body?.cancel();
  if (resource.strategy.custom) {
    throw unsupportedMediaType(accepted.join(", "));
  }
  throw new StatusError("415: Unsupported Media Type", {
    code: STATUS_CODE.UnsupportedMediaType,
    reason: "UnsupportedMediaType",
    details: {},
  });
}

/** Reads the result of a patch as a body is read, with other errors. */
async function decodePatched(
  { resource, warnings, state }: RequestContext,
  { patched, shown, isConverted, schema, options }: {
    readonly patched: JsonObject;
    readonly shown: () => string;
    readonly isConverted: boolean;
    readonly schema: TypeSchema;
    readonly options: WriteOptions;
  },
): Promise<JsonObject> {
  const { kind, apiVersion, strategy } = resource;
  const fail = (why: string): never => {
    const errors = [invalidValue("patch", shown(), why)];
    throw invalid({ group: "", name: "" }, { name: "", errors });
  };
  // What says that it is of another kind is read as that one first.
  let other: ServedResource | undefined;
  if (!strategy.custom) {
    const same = patched.kind === kind && patched.apiVersion === apiVersion;
    const type = [String(patched.apiVersion), String(patched.kind)] as const;
    other = same ? undefined : state.resources.findKind(...type);
    if (!same && other === undefined) fail(`unable to decode as ${kind}`);
  }
  const otherSchema = other && (await other.schema() ?? {});
  const decode = (object: JsonObject) =>
    decodeAs(other ?? resource, object, otherSchema ?? schema);
  // As the server reads it: as text, or field by field of the Go type.
  const inOrder = (): JsonObject =>
    JSON.parse(isConverted ? patchedText(patched, schema) : shown());
  let decoded: Decoded;
  try {
    decoded = decodedOrNone(() => decode(patched)) ?? decode(inOrder());
    if (other !== undefined) fail(`unable to decode as ${kind}`);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    fail(isConverted ? error.converting : error.message);
    throw error;
  }
  const known = decoded.unknown.length > 1 && !isConverted
    ? decode(inOrder())
    : decoded;
  const unknown = known.unknown.map((path) => `unknown field "${path}"`);
  if (unknown.length > 0) {
    if (options.fieldValidation === "Strict") {
      fail(`strict decoding error: ${unknown.join(", ")}`);
    }
    if (options.fieldValidation === "Warn") warnings.push(...unknown);
  }
  const object = strategy.setDefaults({
    ...decoded.object,
    kind: patched.kind,
    apiVersion: patched.apiVersion,
  });
  return equalJson(object, patched) ? patched : object;
}

/** Gives nothing on an error, which need not be the first in order. */
function decodedOrNone(decode: () => Decoded): Decoded | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
