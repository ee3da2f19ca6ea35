import { admitValidation, isGuarded } from "../admission/admit.ts";
import { alreadyExists, internal, invalid } from "../http/status_errors.ts";
import type { RequestContext } from "../http/request_context.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { RandomSource } from "../random_source.ts";
import { keyOf, kindName, resourceName } from "../resource/served_resource.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { timestamp } from "../server_state.ts";
import { StoredObject } from "../store/stored_object.ts";
import { objectMetaErrors } from "../validation/object_meta_validation.ts";
import { dedupedOwners } from "./owner_references.ts";
import { noteLimits } from "../cel/note_limits.ts";
import { Overtaken } from "./until_settled.ts";
import { withoutUnknown } from "./without_unknown.ts";

const SUFFIX_LENGTH = 5;
const NAME_LENGTH = 63;

/** How {@linkcode createStored} stores. */
export interface CreateOptions {
  /** Whether the object is only checked. */
  readonly dryRun: boolean;
  /** Schema of its kind. */
  readonly schema: TypeSchema;
  /** Whether the request updates an object that exists. @default false */
  readonly updates?: boolean;
}

/**
 * Checks and stores a new object.
 *
 * @param context The request.
 * @param object The object with its managed fields.
 * @param options How it is stored.
 * @returns What is, or would be, stored.
 * @throws {StatusError} 422, 409 or 500, or what a webhook says.
 * @throws {Overtaken} If another has made it, and it can be updated.
 */
export async function createStored(
  context: RequestContext,
  object: JsonObject,
  options: CreateOptions,
): Promise<StoredObject> {
  const prepared = preparedForCreate(context, object, options.schema);
  if (isGuarded(context, "validating")) {
    await admitValidation(context, { operation: "CREATE", object: prepared });
  }
  const { resource } = context;
  const kept = isGuarded(context, "mutating")
    ? await withoutUnknown(context, prepared)
    : prepared;
  const stored = resource.conversion === undefined
    ? resource.toStored(kept)
    : await resource.conversion.write(kept);
  return put(context, stored, options);
}

function preparedForCreate(
  context: RequestContext,
  object: JsonObject,
  schema: TypeSchema,
): JsonObject {
  const { resource, state, warnings } = context;
  const { strategy } = resource;
  const { namespace } = context.info;
  const stamped = withMetadata(
    withoutSystemFields(dedupedOwners(object, warnings)),
    {
      namespace: resource.namespaced ? namespace : undefined,
      uid: state.random.uid(),
      creationTimestamp: timestamp(state),
    },
  );
  const prepared = strategy.prepareForCreate(stamped, {
    zero: schema.zero ?? {},
    now: timestamp(state),
    user: context.user,
  });
  const { name = "" } = metadataOf(prepared);
  const rules = {
    nameErrors: strategy.nameErrors,
    looseFinalizers: strategy.custom,
  };
  const errors = [
    ...objectMetaErrors(prepared, rules),
    ...strategy.validate(prepared),
  ];
  if (errors.length > 0) {
    throw invalid(kindName(resource, prepared), { name, errors });
  }
  warnings.push(...strategy.warnings(prepared));
  noteLimits(context, strategy.limits(prepared));
  return prepared;
}

function put(
  { resource, state, info }: RequestContext,
  object: JsonObject,
  { dryRun, updates = false }: CreateOptions,
): StoredObject {
  const { name = "", resourceVersion } = metadataOf(object);
  if (resourceVersion) {
    throw internal(
      "resourceVersion should not be set on objects to be created",
    );
  }
  const key = keyOf(resource.namespaced ? info.namespace : "", name);
  const existing = state.store.collection(resource.collection).get(key);
  if (existing !== undefined) {
    if (updates) throw new Overtaken();
    const going = metadataOf(existing.object).deletionTimestamp;
    const prefix = going === undefined ? "" : "object is being deleted: ";
    throw alreadyExists(resourceName(resource), name, prefix);
  }
  if (dryRun) {
    const unstored = withMetadata(object, { resourceVersion: undefined });
    return new StoredObject(key, unstored, 0);
  }
  return state.store.put({ collection: resource.collection, key }, object);
}

/**
 * Drops what only the server sets.
 *
 * @param object The object.
 * @returns The object without it.
 */
export function withoutSystemFields(object: JsonObject): JsonObject {
  return withMetadata(object, {
    uid: undefined,
    creationTimestamp: undefined,
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    selfLink: undefined,
  });
}

/**
 * Completes a name that the server shall make.
 *
 * @param object The object.
 * @param random Makes the end of the name.
 * @returns The object with a name, if it has the start of one.
 */
export function withGeneratedName(
  object: JsonObject,
  random: RandomSource,
): JsonObject {
  const { name = "", generateName = "" } = metadataOf(object);
  if (name !== "" || generateName === "") return object;
  const base = generateName.slice(0, NAME_LENGTH - SUFFIX_LENGTH);
  return withMetadata(object, { name: base + random.suffix() });
}
