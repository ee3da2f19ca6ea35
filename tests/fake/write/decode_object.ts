import type { RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import type { ParsedBody } from "../http/parse_body.ts";
import { unrecognized } from "../http/unrecognized.ts";
import { decodeCustom } from "../resource/decode_custom.ts";
import { DecodeError } from "../resource/decoded.ts";
import { decodeNative } from "../resource/decode_native.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import type { WriteOptions } from "./write_options.ts";

/** The kind that a body says it is. */
interface TypeMeta {
  readonly kind: string;
  readonly apiVersion: string;
}

/**
 * Reads an object into the form in which the server works with it: types are
 * checked, unknown fields dropped, defaults filled in.
 *
 * @param context The request.
 * @param body The object as it came.
 * @param options How to treat unknown and repeated fields.
 * @returns The object.
 * @throws {StatusError} 400 if it does not fit its kind.
 */
export async function decodeObject(
  context: RequestContext,
  body: ParsedBody,
  options: WriteOptions,
): Promise<JsonObject> {
  const { resource, warnings } = context;
  const type = typeOf(body, resource);
  const schema = await schemaOf(context, type);
  const fail = (why: string): never => {
    const version = type.apiVersion.split("/").at(-1);
    throw badRequest(
      `${type.kind} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`,
    );
  };
  let decoded;
  try {
    await checkType(type, context, body.object);
    decoded = decodeAs(resource, body.object, schema);
  } catch (error) {
    if (error instanceof DecodeError) fail(error.message);
    throw error;
  }
  const oddities = [
    ...body.duplicates,
    ...decoded.unknown.map((path) => `unknown field "${path}"`),
  ];
  if (oddities.length > 0) {
    if (options.fieldValidation === "Strict") {
      fail(`strict decoding error: ${oddities.join(", ")}`);
    }
    if (options.fieldValidation === "Warn") warnings.push(...oddities);
  }
  const { apiVersion } = resource;
  if (resource.strategy.custom && type.apiVersion !== apiVersion) {
    throw badRequest(
      `the API version in the data (${type.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  return resource.strategy.setDefaults({ ...decoded.object, ...type });
}

/** A custom kind is read as the version that it says it is. */
async function schemaOf(
  { resource, state }: RequestContext,
  { apiVersion, kind }: TypeMeta,
): Promise<TypeSchema> {
  if (!resource.strategy.custom || apiVersion === resource.apiVersion) {
    return await resource.schema() ?? {};
  }
  const [group] = apiVersion.split("/");
  if (kind !== resource.kind || group !== resource.group) return ANYTHING;
  return await state.resources.findKind(apiVersion, kind)?.schema() ?? NOTHING;
}

const ANYTHING: TypeSchema = { type: "object", preserveUnknownFields: true };

const TEXT: TypeSchema = { type: "string" };
const NOTHING: TypeSchema = {
  type: "object",
  properties: { apiVersion: TEXT, kind: TEXT },
};

/** Reads an object by the rules of its resource. */
export function decodeAs(
  resource: ServedResource,
  body: JsonObject,
  schema: TypeSchema,
): { readonly object: JsonObject; readonly unknown: readonly string[] } {
  return resource.strategy.custom
    ? decodeCustom(body, schema)
    : decodeNative(body, schema, resource.kind);
}

/** Built-in kinds may be left out of a body, custom kinds may not. */
function typeOf(
  { object, isNull }: ParsedBody,
  { strategy, kind, apiVersion }: ServedResource,
): TypeMeta {
  const given = {
    kind: typeof object.kind === "string" ? object.kind : "",
    apiVersion: typeof object.apiVersion === "string" ? object.apiVersion : "",
  };
  if (!strategy.custom) {
    return {
      kind: given.kind || kind,
      apiVersion: given.apiVersion || apiVersion,
    };
  }
  const text = isNull ? "null" : JSON.stringify(object);
  if (given.kind === "") {
    const why = `Object 'Kind' is missing in '${text}'`;
    throw unrecognized(kind, { why, text: isNull ? "6e756c6c" : text });
  }
  return given;
}

/** Only built-in kinds are found by what a body says it is. */
async function checkType(
  type: TypeMeta,
  { resource, state }: RequestContext,
  object: JsonObject,
): Promise<void> {
  const { strategy, kind, apiVersion, group } = resource;
  if (strategy.custom) return;
  if (type.kind === kind && type.apiVersion === apiVersion) return;
  const other = state.resources.findKind(type.apiVersion, type.kind);
  if (other === undefined || other.strategy.custom) {
    throw new DecodeError(
      `no kind "${type.kind}" is registered for version "${type.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  // It is read as what it says it is before it turns out to be unfit.
  decodeAs(other, object, await other.schema() ?? {});
  const from = `${other.version}.${other.kind}`;
  const to = `${group.split(".")[0] || "core"}.${kind}`;
  throw new DecodeError(
    `converting (${from}) to (${to}): unknown conversion`,
  );
}
