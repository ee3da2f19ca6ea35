import { STATUS_CODE } from "@std/http";
import { admitMutation, isGuarded } from "../admission/admit.ts";
import { parseBody } from "../http/parse_body.ts";
import { mediaType } from "../http/media_type.ts";
import { readBody } from "../http/request_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest, internal } from "../http/status_errors.ts";
import { equalJson, isObject } from "../merge/json_value.ts";
import { serverSideApply } from "../merge/apply.ts";
import { elementOrder } from "../merge/field_context.ts";
import { managersOf, withManagers } from "../merge/managers.ts";
import {
  managersAfterScale,
  managersOfScale,
  SCALE_VERSION,
} from "../merge/scale_managers.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { valueAt, withValueAt } from "../object/field_path.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import { readPatch } from "../patch/patch.ts";
import { decodeNative } from "../resource/decode_native.ts";
import type { ScalePaths } from "../resource/served_resource.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { parseYaml } from "../yaml/yaml_body.ts";
import { appliedObject } from "./apply_object.ts";
import { fieldContext } from "./field_manager.ts";
import { patchType } from "./patch_object.ts";
import { requireLive } from "./live_object.ts";
import { updateStored } from "./update_stored.ts";
import { untilSettled } from "./until_settled.ts";
import { type WriteOptions, writeOptions } from "./write_options.ts";

/**
 * Answers a request for the scale of an object.
 *
 * @param context The request; its resource has a scale.
 * @param paths Where the counts are.
 * @returns 200 with the scale.
 */
export async function scaleObject(
  context: RequestContext,
  paths: ScalePaths,
): Promise<Answer> {
  const { info } = context;
  if (info.verb === "get") {
    return await answerScale(context, requireLive(context), paths);
  }
  const kind = info.verb === "patch" ? "PatchOptions" : "UpdateOptions";
  const options = writeOptions(context, kind, isApply(context));
  requireLive(context);
  const request = {
    paths,
    options,
    wanted: await wantedScale(context),
    schema: await builtinSchema("autoscaling", "v1", "Scale") ?? {},
  };
  return await untilSettled(() => rescale(context, request));
}

interface ScaleRequest {
  readonly paths: ScalePaths;
  readonly options: WriteOptions;
  readonly schema: TypeSchema;
  readonly wanted: (scale: JsonObject) => JsonObject;
}

async function rescale(
  context: RequestContext,
  { paths, options, schema, wanted }: ScaleRequest,
): Promise<Answer> {
  const { resource } = context;
  const live = requireLive(context);
  if (resource.conversion !== undefined) {
    await resource.conversion.readAnew(live.object);
  }
  const current = resource.fromStored(live.object);
  const kind = { path: paths.spec, apiVersion: resource.apiVersion };
  const fields = {
    ...fieldContext(context, { schema, manager: options.manager }),
    apiVersion: SCALE_VERSION,
    resetFields: [["status"]],
  };
  const order = elementOrder(schema);
  const scale = withManagers(
    scaleOf(current, paths),
    managersOfScale(managersOf(current), kind),
    order,
  );
  const given = wanted(scale);
  if (isApply(context) && resource.strategy.custom && !isOwned(scale)) {
    throw internal(NOBODY); // A real server cannot do that either.
  }
  const { force, dryRun } = options;
  const replicas = valueAt(given, ["spec", "replicas"]);
  const asked = { ...given, spec: replicasOf(replicas) };
  const owned = isApply(context)
    ? appliedObject(serverSideApply(scale, given, { ...fields, force }))
    : updateManagedFields(scale, asked, fields);
  const next = await admittedScale(context, scale, owned);
  const { resourceVersion } = metadataOf(given);
  if (isApply(context) && resource.strategy.custom) {
    checkConvertible(context, scale, next);
  }
  const count = valueAt(next, ["spec", "replicas"]) ?? 0;
  const scaled = withMetadata(
    withValueAt(current, { path: paths.spec, value: count }),
    {
      resourceVersion: resourceVersion || metadataOf(current).resourceVersion,
    },
  );
  const managers = managersAfterScale(
    managersOf(current),
    managersOf(next),
    kind,
  );
  const seenAs = (object: JsonObject) => scaleOf(object, paths);
  const stored = await updateStored(context, {
    live,
    next: withManagers(scaled, managers, order),
    dryRun,
    seenAs,
  });
  return await answerScale(context, stored, paths);
}

/** Lets mutating webhooks change a scale. */
async function admittedScale(
  context: RequestContext,
  live: JsonObject,
  next: JsonObject,
): Promise<JsonObject> {
  if (!isGuarded(context, "mutating")) return next;
  const schema = await builtinSchema("autoscaling", "v1", "Scale") ?? {};
  const type = { kind: "Scale", apiVersion: SCALE_VERSION };
  const { object } = decodeNative(next, schema, "Scale");
  const { namespace } = metadataOf(live);
  return await admitMutation<JsonObject>(context, {
    operation: "UPDATE",
    object: withMetadata({ ...object, ...type }, { namespace }),
    oldObject: live,
  });
}

const NOBODY =
  "failed to create manager for existing fields: failed to convert live object (/; autoscaling/v1, Kind=Scale) to proper version: request to convert CR to an invalid group/version: autoscaling/v1";

/** A real server cannot bring an applied change back to a custom object. */
function checkConvertible(
  { info }: RequestContext,
  scale: JsonObject,
  next: JsonObject,
): void {
  if (equalJson(scale.spec, next.spec)) return;
  throw internal(
    `failed to convert new object (/${info.name}; ${SCALE_VERSION}, Kind=Scale) to proper version: request to convert CR to an invalid group/version: ${SCALE_VERSION}`,
  );
}

function isOwned(scale: JsonObject): boolean {
  return metadataOf(scale).managedFields !== undefined;
}

const APPLY = "application/apply-patch+yaml";

function isApply({ request }: RequestContext): boolean {
  return mediaType(request.headers.get("content-type")) === APPLY;
}

/** Reads what a request makes of a scale. */
async function wantedScale(
  { request, info, resource }: RequestContext,
): Promise<ScaleRequest["wanted"]> {
  if (info.verb !== "patch") {
    const { object } = await parseBody(request, "Scale");
    const { name = "" } = metadataOf(object);
    if (name === "" || name === info.name) return () => object;
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  }
  const type = await patchType({ request, resource });
  const text = await readBody(request);
  if (type === APPLY) {
    const { value } = await parseYaml(text);
    return () => isObject(value) ? value : {};
  }
  const kind = type === "application/json-patch+json" ? "json" : "merge";
  return readPatch(kind, { text, schema: {} }).change;
}

async function answerScale(
  { resource }: RequestContext,
  stored: StoredObject,
  paths: ScalePaths,
): Promise<Answer> {
  if (resource.conversion !== undefined) {
    await resource.conversion.read([stored.object]);
  }
  const scale = scaleOf(resource.fromStored(stored.object), paths);
  const { resourceVersion = "" } = metadataOf(scale);
  return { code: STATUS_CODE.OK, json: JSON.stringify(scale), resourceVersion };
}

function scaleOf(object: JsonObject, paths: ScalePaths): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    metadataOf(object);
  const selector = paths.selector && valueAt(object, paths.selector);
  const text = selectorText(selector);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: replicasOf(valueAt(object, paths.spec)),
    status: {
      replicas: valueAt(object, paths.status) ?? 0,
      ...text === "" ? {} : { selector: text },
    },
  };
}

function replicasOf(count: unknown): JsonObject {
  return typeof count === "number" && count !== 0 ? { replicas: count } : {};
}

function selectorText(selector: unknown): string {
  if (typeof selector === "string") return selector;
  const labels = isObject(selector) ? selector.matchLabels : undefined;
  if (!isObject(labels)) return "";
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`)
    .sort().join(",");
}
