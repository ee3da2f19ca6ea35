import {
  metadataOf,
  type ObjectMeta,
  type OwnerReference,
} from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  type FieldError,
  forbiddenField,
  invalidValue,
  required,
  tooLong,
} from "./field_error.ts";
import { labelKeyErrors, labelValueErrors } from "./qualified_name.ts";

/** Largest size of all annotations of an object, in bytes. */
const ANNOTATIONS_LIMIT = 256 * 1024;

/** What a kind demands of metadata. */
export interface ObjectMetaRules {
  /** What is wrong with a name. */
  nameErrors(name: string): readonly string[];
  /** Whether finalizers may come without a domain. */
  readonly looseFinalizers: boolean;
}

/**
 * Checks the metadata of a new object.
 *
 * @param object The object.
 * @param rules What its kind demands.
 * @returns What is wrong.
 */
export function objectMetaErrors(
  object: JsonObject,
  rules: ObjectMetaRules,
): FieldError[] {
  const meta = metadataOf(object);
  const errors: FieldError[] = [];
  const { name = "", generateName = "" } = meta;
  if (generateName !== "") {
    // A dash at the end is completed by the server.
    for (const why of rules.nameErrors(generateName.replace(/-$/, "a"))) {
      errors.push(invalidValue("metadata.generateName", generateName, why));
    }
  }
  if (name === "") {
    const why = "name or generateName is required";
    errors.push(required("metadata.name", why));
  } else {
    for (const why of rules.nameErrors(name)) {
      errors.push(invalidValue("metadata.name", name, why));
    }
  }
  const { generation = 0 } = meta;
  if (generation < 0) {
    const why = "must be greater than or equal to 0";
    errors.push(invalidValue("metadata.generation", generation, why));
  }
  return [...errors, ...sharedErrors(meta, rules)];
}

/** Checks what may change in metadata. */
export function sharedErrors(
  meta: ObjectMeta,
  rules: ObjectMetaRules,
): FieldError[] {
  return [
    ...changeableErrors(meta),
    ...finalizerErrors(meta.finalizers ?? []),
    ...domainErrors(meta, rules),
  ];
}

function changeableErrors(meta: ObjectMeta): FieldError[] {
  return [
    ...labelErrors(meta),
    ...annotationErrors(meta),
    ...ownerErrors(meta.ownerReferences ?? []),
  ];
}

/** What is wrong with labels. */
export function labelErrors({ labels = {} }: ObjectMeta): FieldError[] {
  const field = "metadata.labels";
  return Object.entries(labels).flatMap(([key, value]) => [
    ...labelKeyErrors(key).map((why) => invalidValue(field, key, why)),
    ...labelValueErrors(value).map((why) => invalidValue(field, value, why)),
  ]);
}

/** What is wrong with annotations. */
export function annotationErrors(
  { annotations = {} }: ObjectMeta,
): FieldError[] {
  const field = "metadata.annotations";
  const errors: FieldError[] = [];
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    for (const why of labelKeyErrors(key.toLowerCase())) {
      errors.push(invalidValue(field, key, why));
    }
    size += byteLength(key) + byteLength(value);
  }
  if (size > ANNOTATIONS_LIMIT) errors.push(tooLong(field, ANNOTATIONS_LIMIT));
  return errors;
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  return text.length * 3 < ANNOTATIONS_LIMIT
    ? text.length
    : encoder.encode(text).length;
}

function ownerErrors(owners: readonly OwnerReference[]): FieldError[] {
  const field = "metadata.ownerReferences";
  const errors: FieldError[] = [];
  let manager: OwnerReference | undefined;
  for (const owner of owners) {
    for (const name of ["apiVersion", "kind", "name", "uid"] as const) {
      if (owner[name]) continue;
      const why = name === "apiVersion"
        ? "version must not be empty"
        : "must not be empty";
      errors.push(invalidValue(`${field}.${name}`, owner[name] ?? "", why));
    }
    if (owner.apiVersion === "v1" && owner.kind === "Event") {
      const why = "/v1, Kind=Event is disallowed from being an owner";
      errors.push(invalidValue(field, owner, why));
    }
    if (!owner.controller) continue;
    if (manager !== undefined) {
      const why =
        `Only one reference can have Controller set to true. Found "true" in references for ${manager.kind}/${manager.name} and ${owner.kind}/${owner.name}`;
      errors.push(invalidValue(field, owners, why));
    }
    manager = owner;
  }
  return errors;
}

const STANDARD_FINALIZERS = new Set([
  "foregroundDeletion",
  "kubernetes",
  "orphan",
]);

function finalizerErrors(finalizers: readonly string[]): FieldError[] {
  const field = "metadata.finalizers";
  const errors: FieldError[] = [];
  for (const finalizer of finalizers) {
    for (const why of labelKeyErrors(finalizer)) {
      errors.push(invalidValue(field, finalizer, why));
    }
  }
  if (
    finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")
  ) {
    const why = "finalizer orphan and foregroundDeletion cannot be both set";
    errors.push(invalidValue(field, finalizers, why));
  }
  return errors;
}

/** What kinds that are no custom ones demand of finalizers. */
function domainErrors(
  { finalizers = [] }: ObjectMeta,
  { looseFinalizers }: ObjectMetaRules,
): FieldError[] {
  if (looseFinalizers) return [];
  return finalizers.flatMap((finalizer, index) => {
    if (finalizer.includes("/") || STANDARD_FINALIZERS.has(finalizer)) {
      return [];
    }
    const field = `metadata.finalizers[${index}]`;
    const why =
      "name is neither a standard finalizer name nor is it fully qualified";
    return [invalidValue(field, finalizer, why)];
  });
}

/** What a kind demands of changed metadata. */
export interface ChangeRules extends ObjectMetaRules {
  /** How often it checks them itself: not at all, the change, and all anew. */
  readonly checks: number;
}

/** Fields of metadata that never change. */
const IMMUTABLE = [
  "name",
  "namespace",
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
] as const;

/**
 * Checks the metadata of a changed object.
 *
 * @param change The object before and after.
 * @param rules What its kind demands.
 * @returns What is wrong.
 */
export function objectMetaUpdateErrors(
  change: { readonly live: JsonObject; readonly next: JsonObject },
  rules: ChangeRules,
): FieldError[] {
  const live = metadataOf(change.live);
  const next = metadataOf(change.next);
  const errors: FieldError[] = [];
  if (live.deletionTimestamp !== undefined) {
    const former = new Set(live.finalizers);
    const added = (next.finalizers ?? []).filter((name) => !former.has(name));
    if (added.length > 0) {
      const names = added.map((name) => JSON.stringify(name)).join(", ");
      const why =
        `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`;
      errors.push(forbiddenField("metadata.finalizers", why));
    }
  }
  for (const name of IMMUTABLE) {
    if (next[name] === live[name]) continue;
    const value = next[name] ?? null;
    const why = "field is immutable";
    errors.push(invalidValue(`metadata.${name}`, value, why));
  }
  const { generation = 0 } = next;
  if (generation < (live.generation ?? 0)) {
    const why = "must not be decremented";
    errors.push(invalidValue("metadata.generation", generation, why));
  }
  // The server checks all this several times and says so.
  const changeable = changeableErrors(next);
  const whole = [...changeable, ...finalizerErrors(next.finalizers ?? [])];
  const changed = [...errors, ...changeable];
  const domains = domainErrors(next, rules);
  return [
    ...whole,
    ...changed,
    ...rules.checks > 0 ? [...changed, ...domains] : [],
    ...rules.checks > 1 ? [...whole, ...domains] : [],
  ];
}
