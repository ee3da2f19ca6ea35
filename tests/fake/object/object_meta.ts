import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/** A reference from an object to its owner. */
export interface OwnerReference {
  /** API version of the owner. */
  readonly apiVersion: string;
  /** Kind of the owner. */
  readonly kind: string;
  /** Name of the owner. */
  readonly name: string;
  /** Unique id of the owner. */
  readonly uid: string;
  /** Whether the owner manages the object. */
  readonly controller?: boolean;
  /** Whether a foreground deletion of the owner waits for the object. */
  readonly blockOwnerDeletion?: boolean;
}

/** The metadata of an object whose types have been checked. */
export interface ObjectMeta extends JsonObject {
  /** Name in its namespace. */
  readonly name?: string;
  /** Start of a name that the server completes. */
  readonly generateName?: string;
  /** Namespace, absent in cluster-wide objects. */
  readonly namespace?: string;
  /** Unique id, made by the server. */
  readonly uid?: string;
  /** Revision of the last change. */
  readonly resourceVersion?: string;
  /** Counts changes of the desired state. */
  readonly generation?: number;
  /** When it was made. */
  readonly creationTimestamp?: string;
  /** When its deletion was asked for. */
  readonly deletionTimestamp?: string;
  /** Seconds its deletion may take. */
  readonly deletionGracePeriodSeconds?: number;
  /** What must be done before it can go. */
  readonly finalizers?: readonly string[];
  /** Its labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its annotations. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Its owners. */
  readonly ownerReferences?: readonly OwnerReference[];
  /** Who set which fields. */
  readonly managedFields?: readonly JsonObject[];
}

const NO_METADATA: ObjectMeta = Object.freeze({});

/**
 * Reads the metadata of an object.
 *
 * @param object An object whose metadata has been decoded.
 * @returns The metadata; empty without.
 */
export function metadataOf(object: JsonObject): ObjectMeta {
  const { metadata } = object;
  // Types of metadata are checked when a body is decoded.
  return isObject(metadata) ? metadata as ObjectMeta : NO_METADATA;
}

/**
 * Copies an object with some of its metadata changed.
 *
 * @param object The object; not changed.
 * @param changes New values by field; `undefined` removes a field.
 * @returns The copy.
 */
export function withMetadata(
  object: JsonObject,
  changes: JsonObject,
): JsonObject {
  const metadata: Record<string, unknown> = { ...metadataOf(object) };
  for (const [field, value] of Object.entries(changes)) {
    if (value === undefined) delete metadata[field];
    else metadata[field] = value;
  }
  return { ...object, metadata };
}

/**
 * Copies an object without some of its fields.
 *
 * @param object The object; not changed.
 * @param fields Names of the fields.
 * @returns The copy, or the object itself if it has none of them.
 */
export function without(
  object: JsonObject,
  ...fields: readonly string[]
): JsonObject {
  if (!fields.some((field) => field in object)) return object;
  const copy: Record<string, unknown> = { ...object };
  for (const field of fields) delete copy[field];
  return copy;
}

/**
 * Sets a field of an object under construction, even one named `__proto__`.
 *
 * @param object What to change.
 * @param field The name and the new value of the field.
 */
export function setField(
  object: Record<string, unknown>,
  field: { readonly name: string; readonly value: unknown },
): void {
  if (field.name !== "__proto__") object[field.name] = field.value;
  else {
    Object.defineProperty(object, field.name, {
      value: field.value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}
