import type { Conversion } from "../conversion/conversion.ts";
import type { GroupName } from "../http/status_errors.ts";
import type { ResourceInfo } from "../schema/builtin_resources.ts";
import type { CellsOf } from "../table/read_cell.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import type { Strategy } from "./strategy.ts";

/** Where the counts of a scale subresource are. */
export interface ScalePaths {
  /** Path of the wanted count. */
  readonly spec: readonly string[];
  /** Path of the present count. */
  readonly status: readonly string[];
  /** Path of the selector. */
  readonly selector?: readonly string[] | undefined;
}

/** A column of a table. */
export interface Column {
  /** Title. */
  readonly name: string;
  /** OpenAPI type of its cells. */
  readonly type: string;
  /** OpenAPI format of its cells. */
  readonly format: string;
  /** For people. */
  readonly description: string;
  /** 0 for those shown always. */
  readonly priority: number;
}

/** A resource in one version, as the server serves it. */
export interface ServedResource extends ResourceInfo {
  /** `v1` or `group/version`. */
  readonly apiVersion: string;
  /** Kind of its lists. */
  readonly listKind: string;
  /** Where its objects are stored; several versions share a collection. */
  readonly collection: string;
  /** How its objects are written. */
  readonly strategy: Strategy;
  /** Columns of its tables. */
  readonly columns: readonly Column[];
  /** Writes the cells of an object, one for each column. */
  readonly cells: CellsOf;
  /** Counts of its scale subresource; `undefined` without. */
  readonly scale: ScalePaths | undefined;
  /** Why nothing can be created now; `undefined` if it can. */
  readonly createBlocked: string | undefined;
  /** Asks the webhook of its kind; `undefined` where none converts. */
  readonly conversion: Conversion | undefined;
  /** Schema of its objects. */
  schema(): Promise<TypeSchema | undefined>;
  /** Turns an object into the form in which it is stored. */
  toStored(object: JsonObject): JsonObject;
  /**
   * Turns a stored object into the form of this version; one that a webhook
   * converts must have been read before.
   */
  fromStored(object: JsonObject): JsonObject;
}

/** The resource as errors name it. */
export function resourceName(resource: ServedResource): GroupName {
  return { group: resource.group, name: resource.plural };
}

/** The kind as errors name it: what an object of a custom kind says it is. */
export function kindName(
  { strategy, group, kind }: ServedResource,
  object?: JsonObject,
): GroupName {
  // Both kinds of events are checked as one.
  if (group === "events.k8s.io" && object) return { group: "", name: kind };
  if (!strategy.custom || object === undefined) return { group, name: kind };
  const [version = "", rest] = String(object.apiVersion).split("/");
  return {
    group: rest === undefined ? "" : version,
    name: String(object.kind),
  };
}

/** The key of an object in its collection. */
export function keyOf(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}
