import type { JsonObject } from "../schema/type_schema.ts";

/** All objects of a server at one moment, as plain JSON. */
export interface StoreSnapshot {
  /** The revision of the moment. */
  readonly revision: number;
  /** The objects by their key, by the name of their collection. */
  readonly collections: Readonly<
    Record<string, Readonly<Record<string, JsonObject>>>
  >;
}
