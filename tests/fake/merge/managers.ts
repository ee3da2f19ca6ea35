import type { JsonObject } from "../schema/type_schema.ts";
import { type ElementOrder, parseFieldsV1, sortFields } from "./fields_v1.ts";
import type { FieldSet } from "./field_set.ts";
import { compareText, isEmpty, isObject } from "./json_value.ts";

/** What one manager owns: an entry of `metadata.managedFields`. */
export interface Manager {
  /** Name of the manager. */
  readonly manager: string;
  /** Whether it applies or writes otherwise. */
  readonly operation: "Apply" | "Update";
  /** API version the fields are of. */
  readonly apiVersion: string;
  /** Subresource it wrote to; absent for the object itself. */
  readonly subresource?: string | undefined;
  /** When its fields last changed, in RFC 3339. */
  readonly time?: string | undefined;
  /** The fields; `undefined` for none. */
  readonly fields: FieldSet | undefined;
}

/** An entry of `metadata.managedFields`. */
interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: FieldSet;
  readonly subresource?: string;
}

/**
 * Reads `metadata.managedFields` as this module wrote it.
 *
 * @param object The object that has them.
 * @returns The managers.
 */
export function managersOf(object: JsonObject | undefined): Manager[] {
  const { managedFields } = metadataOf(object);
  if (!Array.isArray(managedFields)) return [];
  // Entries are checked before they are stored, see parseManagers().
  const managers = (managedFields as ManagedFieldsEntry[]).map((
    entry,
  ): Manager => ({
    manager: entry.manager ?? "",
    operation: entry.operation === "Apply" ? "Apply" : "Update",
    apiVersion: entry.apiVersion ?? "",
    ...(entry.subresource && { subresource: entry.subresource }),
    ...(entry.time && { time: entry.time }),
    fields: entry.fieldsV1 && !isEmpty(entry.fieldsV1)
      ? entry.fieldsV1
      : undefined,
  }));
  const last = new Map(managers.map((of) => [managerKey(of), of]));
  // Writes of a scale may leave two entries of one manager.
  return last.size === managers.length ? managers : [...last.values()];
}

/**
 * Reads `metadata.managedFields` that a client wrote.
 *
 * @param managedFields The list.
 * @returns The managers, or `undefined` if an entry cannot be read.
 */
export function parseManagers(
  managedFields: readonly unknown[],
): Manager[] | undefined {
  const managers = new Map<string, Manager>();
  try {
    for (const entry of managedFields) {
      const manager = parseManager(entry);
      if (manager === undefined) return undefined;
      managers.set(managerKey(manager), manager);
    }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return [...managers.values()];
}

function parseManager(entry: unknown): Manager | undefined {
  if (!isObject(entry)) return undefined;
  const { manager = "", operation, apiVersion, fieldsType, time } = entry;
  if (operation !== "Apply" && operation !== "Update") return undefined;
  if (typeof apiVersion !== "string" || apiVersion === "") return undefined;
  if (fieldsType !== "FieldsV1") return undefined;
  const seconds = typeof time === "string" ? Date.parse(time) : NaN;
  const { subresource } = entry;
  return {
    manager: String(manager),
    operation,
    apiVersion,
    ...(typeof subresource === "string" && subresource && { subresource }),
    ...(!Number.isNaN(seconds) && {
      time: new Date(seconds).toISOString().replace(/\.\d+Z$/, "Z"),
    }),
    fields: parseFieldsV1(entry.fieldsV1),
  };
}

/**
 * Identifies a manager: of appliers the version does not matter.
 *
 * @param manager The manager.
 * @returns A text that is equal for equal managers, and sorts as the server does.
 */
export function managerKey(
  { manager, operation, apiVersion, subresource }: Omit<Manager, "fields">,
): string {
  return JSON.stringify({
    manager: manager || undefined,
    operation,
    apiVersion: operation === "Apply" ? undefined : apiVersion,
    subresource,
  });
}

/**
 * Tells whether two entries are of the same manager.
 *
 * @param a One entry.
 * @param b The other entry.
 * @returns Whether their {@linkcode managerKey} is equal.
 */
export function sameManager(
  a: Omit<Manager, "fields">,
  b: Omit<Manager, "fields">,
): boolean {
  return a.manager === b.manager && a.operation === b.operation &&
    a.subresource === b.subresource &&
    (a.operation === "Apply" || a.apiVersion === b.apiVersion);
}

function compareManagers(a: Manager, b: Manager): number {
  return compareText(a.operation, b.operation) ||
    compareText(a.time ?? "", b.time ?? "") ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource ?? "", b.subresource ?? "");
}

/**
 * Puts managers into an object.
 *
 * @param object The object.
 * @param managers The managers.
 * @param order Order of path elements.
 * @returns The object with `metadata.managedFields`, or without it if nobody
 * owns anything.
 */
export function withManagers(
  object: JsonObject,
  managers: readonly Manager[],
  order: ElementOrder,
): JsonObject {
  const managedFields = managers.toSorted(compareManagers).map((entry) => ({
    ...(entry.manager && { manager: entry.manager }),
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    ...(entry.time && { time: entry.time }),
    fieldsType: "FieldsV1",
    fieldsV1: entry.fields ? sortFields(entry.fields, order) : {},
    ...(entry.subresource && { subresource: entry.subresource }),
  }));
  const bare = withoutManagedFields(object);
  if (managedFields.length === 0) return bare;
  return { ...bare, metadata: { ...metadataOf(bare), managedFields } };
}

/**
 * Reads the metadata of an object.
 *
 * @param object The object, if there is one.
 * @returns Its metadata, empty if it has none.
 */
export function metadataOf(object: JsonObject | undefined): JsonObject {
  const metadata = object?.metadata;
  return isObject(metadata) ? metadata : {};
}

/**
 * Takes `metadata.managedFields` out of an object.
 *
 * @param object The object.
 * @returns The object without it; `object` itself if it has none.
 */
export function withoutManagedFields(object: JsonObject): JsonObject {
  const metadata = metadataOf(object);
  if (!Object.hasOwn(metadata, "managedFields")) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}
