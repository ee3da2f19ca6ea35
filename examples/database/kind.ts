import { defineKind, type ObjectOf } from "@koprs/koprs/core";
import * as z from "zod";

/** A name that needs no quotes in SQL. */
const identifier = z.string().max(63).regex(/^[a-z][a-z0-9_]*$/);

const table = z.object({
  name: identifier,
  columns: z.array(z.object({
    name: identifier,
    type: z.enum(["TEXT", "INTEGER", "REAL", "BLOB"]),
  })).min(1).max(100),
});

/** A table. */
export interface Table {
  /** Its name. */
  readonly name: string;
  /** Its columns, and their types in SQLite. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** A SQLite database, in a file of its own. */
export const Database = defineKind({
  group: "example.io",
  version: "v1alpha1",
  kind: "Database",
  plural: "databases",
  shortNames: ["db"],
  scope: "Namespaced",
  spec: z.object({
    tables: z.array(table).max(100).meta({
      description: "Tables that are wanted; what is left out here stays there",
    }),
  }),
  status: z.object({
    file: z.string().meta({ description: "Name of the file" }),
    tables: z.array(z.string()).meta({ description: "Tables that are there" }),
  }),
  printerColumns: [
    { name: "File", type: "string", jsonPath: ".status.file" },
    { name: "Tables", type: "string", jsonPath: ".status.tables" },
    {
      name: "Ready",
      type: "string",
      jsonPath: ".status.conditions[?(@.type=='Ready')].status",
    },
  ],
});

/** A Database as the API server returns it. */
export type Database = ObjectOf<typeof Database>;
