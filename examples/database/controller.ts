import {
  type Client,
  Controller,
  type ControllerOptions,
  setCondition,
  withFinalizer,
} from "@koprs/koprs/core";
import { Database } from "./kind.ts";
import { dropFile, migrate } from "./sqlite_file.ts";

/** Name of the operator: its field manager. */
export const OPERATOR = "database-operator";

/** Options of {@linkcode databaseController}. */
export interface DatabaseControllerOptions extends ControllerOptions<Database> {
  /** Where the files are. */
  readonly folder: string;
}

/**
 * Keeps a SQLite file for each Database, and drops it with the Database.
 *
 * @param client Who talks to the API server, as field manager `OPERATOR`.
 * @param options Where the files are.
 * @returns The controller.
 */
export function databaseController(
  client: Client,
  { folder, ...options }: DatabaseControllerOptions,
): Controller<Database> {
  const databases = client.resource(Database);

  const reconcile = withFinalizer(databases, {
    finalizer: "database.example.io/drop-file",
    reconcile: async (database, { signal }) => {
      const { metadata, spec, status } = database;
      const file = fileOf(database);
      const { tables, problem } = migrate(`${folder}/${file}`, spec.tables);
      const isReady = problem === undefined;
      const conditions = setCondition(status?.conditions, {
        type: "Ready",
        status: isReady ? "True" : "False",
        reason: isReady ? "Migrated" : "MigrationFailed",
        message: problem ?? "All tables are there",
        observedGeneration: metadata.generation,
      });
      const names = tables.map(({ name }) => name);
      await databases.applyStatus(
        { metadata, status: { file, tables: names, conditions } },
        { signal },
      );
    },
    cleanup: (database) => dropFile(`${folder}/${fileOf(database)}`),
  });

  // Nobody tells what happens to a file: it is looked at from time to time.
  return new Controller(databases, reconcile, { resync: 300_000, ...options });
}

/** A uid leads to no other folder, whatever the name is, and never comes back. */
function fileOf({ metadata }: Database): string {
  return `${metadata.uid}.db`;
}
