import type { RequestContext } from "../http/request_context.ts";
import { internalError } from "../http/status_errors.ts";
import { isObject } from "../merge/json_value.ts";
import { JsonPatchError, operate } from "../patch/json_operation.ts";
import { asOperation } from "../patch/json_patch.ts";
import { decodePatched } from "../resource/decode_custom.ts";
import { decodeNative } from "../resource/decode_native.ts";
import { DecodeError } from "../resource/decoded.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { WebhookCallError } from "../webhook/webhook_call_error.ts";
import { type AdmissionAttributes, kindOf } from "./admission_attributes.ts";
import { convertBetween } from "./convert_between.ts";
import { patchFailure } from "./patch_failure.ts";
import type { Question, Reviewed } from "./review_object.ts";

/**
 * Does to an object what the patch of a webhook says, and reads the result as a
 * body is read, with defaults.
 *
 * @param context The request.
 * @param reviewed What the webhook said.
 * @param question How it was asked.
 * @returns The object in the version of the request; `undefined` if the request
 * has none.
 * @throws {StatusError} 500 if the patch does not fit.
 * @throws {WebhookCallError} If it is no patch.
 */
export async function applyVerdict(
  { resource: served }: RequestContext,
  { object, patch }: Reviewed,
  { attributes, resource }: Question,
): Promise<JsonObject | undefined> {
  const operations = readPatch(patch);
  if (operations.length === 0) return attributes.object;
  if (object === undefined) return undefined;
  const decoded = await decode(
    resource,
    attributes,
    patched(object, operations),
  );
  return await convertBetween({ served: resource }, served, decoded);
}

function readPatch(patch: string): readonly JsonObject[] {
  const undecodable = (why: string) =>
    new WebhookCallError(
      `received undecodable patch in webhook response: ${why}`,
    );
  let value: unknown;
  try {
    value = JSON.parse(patch);
  } catch {
    const [first = ""] = patch;
    throw undecodable(
      `invalid character '${first}' looking for beginning of value`,
    );
  }
  if (value === null) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  const type = Array.isArray(value) ? "array" : typeof value;
  throw undecodable(
    `json: cannot unmarshal ${type} into Go value of type jsonpatch.Patch`,
  );
}

function patched(
  object: JsonObject,
  operations: readonly JsonObject[],
): JsonObject {
  let document: unknown = object;
  for (const operation of operations) {
    try {
      document = operate(document, asOperation(operation));
    } catch (error) {
      if (!(error instanceof JsonPatchError)) throw error;
      throw internalError(patchFailure(document, asOperation(operation)));
    }
  }
  return isObject(document) ? document : {};
}

async function decode(
  resource: ServedResource,
  { subresource }: AdmissionAttributes,
  object: JsonObject,
): Promise<JsonObject> {
  const { group, version, kind } = kindOf(resource, subresource);
  const isOwn = kind === resource.kind && group === resource.group;
  const schema = isOwn
    ? await resource.schema()
    : await builtinSchema(group, version, kind);
  const type = { kind: object.kind, apiVersion: object.apiVersion };
  try {
    if (!isOwn) {
      const { object: decoded } = decodeNative(object, schema ?? {}, kind);
      return { ...decoded, ...type };
    }
    if (resource.strategy.custom) return decodePatched(object, schema ?? {});
    const { object: decoded } = decodeNative(object, schema ?? {}, kind);
    return resource.strategy.setDefaults({ ...decoded, ...type });
  } catch (error) {
    if (error instanceof DecodeError) throw internalError(error.message);
    throw error;
  }
}
