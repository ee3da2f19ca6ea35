import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import type { SharedStrings } from "./shared_strings.ts";

/** What one field manager owns of an object, as the API server tells it. */
export interface ManagedFields {
  /** The field manager. */
  readonly manager: string;
  /** How it came to own them. */
  readonly operation: "Apply" | "Update";
  /** The part of the object that was written, as `"status"`. */
  readonly subresource?: string;
  /** The fields. */
  readonly fieldsV1?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the managed fields of an object.
 *
 * @param object The object.
 * @returns The entries that were kept; see {@linkcode decodeObject}.
 */
export function managedFieldsOf(object: KubeObject): readonly ManagedFields[] {
  // The API server sends them; the public type leaves them out on purpose.
  const { managedFields } = object.metadata as {
    readonly managedFields?: readonly ManagedFields[];
  };
  return managedFields ?? [];
}

/** How objects are decoded. */
export interface DecodeOptions<T extends KubeObject> {
  /** The kind, which list items leave out. */
  readonly kind: Kind<T, Scope>;
  /** Whose managed fields are kept, with those of `<fieldManager>/…`. */
  readonly fieldManager: string;
  /** Where objects find strings that they have in common. */
  readonly strings: SharedStrings;
  /** Whether all but metadata is dropped. */
  readonly metadataOnly?: boolean | undefined;
}

/**
 * Turns a parsed object of a list or watch into one that is worth keeping.
 *
 * Managed fields of other managers, often half of an object, are dropped.
 *
 * @typeParam T The object type.
 * @param value The parsed JSON, which nobody else has seen yet; may be changed.
 * @param options The kind and the field manager.
 * @returns The object, or `undefined` if it has no name.
 */
export function decodeObject<T extends KubeObject>(
  value: unknown,
  { kind, fieldManager, strings, metadataOnly }: DecodeOptions<T>,
): T | undefined {
  const object = value as Partial<T> | null; // JSON of the API server
  if (typeof object?.metadata?.name !== "string") return undefined;
  const { managedFields, ...metadata } = object.metadata as {
    readonly managedFields?: readonly ManagedFields[];
  };
  strings.share(metadata);
  const own = managedFields?.filter(({ manager }) =>
    manager === fieldManager || manager.startsWith(`${fieldManager}/`)
  );
  const kept = own === undefined || own.length === 0
    ? metadata
    : { ...metadata, managedFields: own };
  const { apiVersion, kind: name } = kind;
  const isWhole = object.apiVersion === apiVersion && object.kind === name;
  if (isWhole && metadataOnly !== true) {
    return Object.assign(object as T, { metadata: kept });
  }
  return {
    apiVersion,
    kind: name,
    ...(metadataOnly === true ? {} : object),
    metadata: kept,
  } as unknown as T;
}

/**
 * Whether an answer shows the last state of an object: it was to be deleted,
 * and nothing keeps it any more.
 *
 * @param object The object as the API server returned it.
 * @returns Whether it is gone.
 */
export function isGone({ metadata }: KubeObject): boolean {
  const { deletionTimestamp, finalizers = [] } = metadata;
  // The API server sends it; the public type has no use for it.
  const { deletionGracePeriodSeconds } = metadata as {
    readonly deletionGracePeriodSeconds?: number;
  };
  return deletionTimestamp !== undefined && finalizers.length === 0 &&
    deletionGracePeriodSeconds === 0;
}
