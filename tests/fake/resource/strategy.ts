import type { User } from "../access/user.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { FieldError } from "../validation/field_error.ts";

/** Paths of fields that an endpoint never changes nor owns. */
export type FieldPaths = readonly (readonly string[])[];

/** An object before and after a write. */
export interface Change {
  /** The object as it is stored. */
  readonly live: JsonObject;
  /** The object as it shall be. */
  readonly next: JsonObject;
}

/** What a new object starts from. */
export interface Creation {
  /** An empty object of the kind. */
  readonly zero: JsonObject;
  /** The present, in RFC 3339. */
  readonly now: string;
  /** Who makes it. */
  readonly user: User;
}

/** How the objects of one kind are written: what differs from kind to kind. */
export interface Strategy {
  /** Whether the kind is defined by a CRD. */
  readonly custom: boolean;
  /** Whether a PUT makes an object that does not exist. */
  readonly createsOnUpdate: boolean;
  /** Whether a PUT may come without resourceVersion. */
  readonly updatesUnconditionally: boolean;
  /** Whether a DELETE answers the object instead of a Status. */
  readonly answersDeleted: boolean;
  /** Finalizer that a deletion adds; `undefined` for none. */
  readonly cleanup: string | undefined;
  /** Values of fields that selectors may name, by name. */
  readonly selectableFields: Readonly<
    Record<string, (object: JsonObject) => string>
  >;
  /** The message about a field that no selector may name. */
  unknownFieldText(field: string): string;
  /** What is wrong with a name. */
  nameErrors(name: string): string[];
  /** Fields that an endpoint resets; empty name for the object itself. */
  resetFields(subresource: string): FieldPaths;
  /** Fills in what a decoded object lacks. */
  setDefaults(object: JsonObject): JsonObject;
  /**
   * Seconds a deletion takes, if `wanted` is asked for; `undefined` of kinds that
   * go at once.
   */
  readonly gracePeriod:
    | ((object: JsonObject, wanted: number | undefined) => number)
    | undefined;
  /** Makes a new object what the server stores. */
  prepareForCreate(object: JsonObject, at: Creation): JsonObject;
  /** Makes a changed object what the server stores. */
  prepareForUpdate(change: Change, subresource: string): JsonObject;
  /** What is wrong with a new object, besides its metadata. */
  validate(object: JsonObject): readonly FieldError[];
  /** What is wrong with a changed object, besides its metadata. */
  validateUpdate(change: Change, subresource: string): readonly FieldError[];
  /** How often the kind itself checks metadata of a change. */
  metadataChecks(subresource: string): number;
  /** Warning of each answer; `undefined` if the version is not deprecated. */
  readonly deprecation: string | undefined;
  /** What of an object the server does not heed. */
  limits(object: JsonObject): readonly string[];
  /** Warnings about an object; `live` is what it was, if it was there before. */
  warnings(object: JsonObject, live?: JsonObject): readonly string[];
}
