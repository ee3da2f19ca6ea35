import { STATUS_CODE } from "@std/http";
import {
  admitMutation,
  admitValidation,
  isGuarded,
} from "../admission/admit.ts";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { isObject } from "../merge/json_value.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import { decodeNative } from "../resource/decode_native.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { timestamp } from "../server_state.ts";
import { requireLive } from "../write/live_object.ts";
import { ownedSubresource } from "../write/owned_subresource.ts";
import { writeOptions } from "../write/write_options.ts";
import { authenticatedUser } from "./user.ts";

const EXPIRATION_SECONDS = 3_600;
const AUDIENCES = ["https://kubernetes.default.svc"];
const API_VERSION = "authentication.k8s.io/v1";

/**
 * Answers a POST to the tokens of a service account.
 *
 * @param context The request.
 * @returns 201 with a TokenRequest that holds a token.
 */
export async function requestToken(context: RequestContext): Promise<Answer> {
  const { info, request, state } = context;
  const { object: body } = await parseBody(request, "TokenRequest");
  const { manager } = writeOptions(context, "CreateOptions");
  const type = { kind: "TokenRequest", apiVersion: API_VERSION };
  const { uid } = metadataOf(requireLive(context).object);
  const object: JsonObject = await admitMutation<JsonObject>(context, {
    operation: "CREATE",
    object: await seen(context, { ...type, ...body }),
  });
  const given = isObject(object.spec) ? object.spec : {};
  const { expirationSeconds = EXPIRATION_SECONDS } = given;
  const now = state.clock.date().getTime();
  const expires = now + Number(expirationSeconds) * 1000;
  const { name, namespace } = info;
  const user = authenticatedUser(`system:serviceaccount:${namespace}:${name}`);
  const time = timestamp(state);
  const review = {
    ...type,
    metadata: {
      name,
      namespace,
      uid,
      creationTimestamp: time,
      managedFields: [{
        manager,
        operation: "Update",
        apiVersion: API_VERSION,
        time,
        fieldsType: "FieldsV1",
        fieldsV1: { "f:spec": { "f:expirationSeconds": {} } },
        subresource: "token",
      }],
    },
    spec: {
      ...given,
      audiences: given.audiences ?? AUDIENCES,
      expirationSeconds,
      boundObjectRef: given.boundObjectRef ?? null,
    },
    status: { token: "", expirationTimestamp: null },
  };
  await admitValidation(context, { operation: "CREATE", object: review });
  const answer = {
    ...review,
    status: {
      token: state.access.tokens.issue({ user, expires, uid }),
      expirationTimestamp: new Date(expires).toISOString()
        .replace(/\.\d+Z$/, "Z"),
    },
  };
  const json = JSON.stringify(answer);
  return { code: STATUS_CODE.Created, json, resourceVersion: "" };
}

/** The request as webhooks see it, if there are any. */
async function seen(
  context: RequestContext,
  object: JsonObject,
): Promise<JsonObject> {
  if (!isGuarded(context, "mutating")) return object;
  const [group, version] = API_VERSION.split("/");
  const kind = "TokenRequest";
  const schema = await builtinSchema(group ?? "", version ?? "", kind) ?? {};
  const { object: decoded } = decodeNative(object, schema, kind);
  const { namespace } = context.info;
  const spec = isObject(decoded.spec) ? decoded.spec : {};
  return await ownedSubresource(
    context,
    withMetadata(
      { ...decoded, spec: { boundObjectRef: null, ...spec } },
      { namespace },
    ),
  );
}
