import { DatabaseSync } from "node:sqlite";
import type { Table } from "./kind.ts";

/** What became of a file. */
export interface Migration {
  /** All tables that are there. */
  readonly tables: readonly Table[];
  /** Why those that are wanted are not; `undefined` if they are. */
  readonly problem: string | undefined;
}

/**
 * Makes a SQLite file have tables: those that lack are made, and so are their
 * columns. Nothing is ever dropped. It is done entirely or not at all.
 *
 * Needs `--allow-read` and `--allow-write` for the folder of the file.
 *
 * @param path The file; it need not exist.
 * @param wanted The tables.
 * @returns What is there now.
 */
export function migrate(path: string, wanted: readonly Table[]): Migration {
  using file = new DatabaseSync(path);
  let problem: string | undefined;
  file.exec("BEGIN IMMEDIATE");
  try {
    for (const statement of missing(wanted, readTables(file))) {
      file.exec(statement);
    }
    file.exec("COMMIT");
  } catch (error) {
    file.exec("ROLLBACK");
    problem = error instanceof Error ? error.message : "SQLite refuses";
  }
  return { tables: readTables(file), problem };
}

/**
 * Deletes a SQLite file, and what SQLite keeps beside it.
 *
 * @param path The file; it may be gone.
 */
export async function dropFile(path: string): Promise<void> {
  for (const suffix of ["", "-journal", "-wal", "-shm"]) {
    try {
      await Deno.remove(path + suffix);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** The statements that make what lacks; names need no quotes, but words do. */
function* missing(
  wanted: readonly Table[],
  present: readonly Table[],
): Generator<string> {
  for (const { name, columns } of wanted) {
    const table = present.find((one) => one.name === name);
    if (table === undefined) {
      const list = columns.map((column) => `"${column.name}" ${column.type}`);
      yield `CREATE TABLE "${name}" (${list.join(", ")}) STRICT`;
      continue;
    }
    for (const column of columns) {
      const found = table.columns.find((one) => one.name === column.name);
      if (found === undefined) {
        yield `ALTER TABLE "${name}" ADD COLUMN "${column.name}" ${column.type}`;
      } else if (found.type !== column.type) {
        throw new Error(
          `column ${name}.${column.name} is ${found.type}, not ${column.type}`,
        );
      }
    }
  }
}

function readTables(file: DatabaseSync): Table[] {
  const rows = file.prepare(`
    SELECT tables.name AS "table", columns.name, columns.type
    FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' ORDER BY tables.name, columns.cid
  `).all();
  const tables = Map.groupBy(rows, ({ table }) => String(table));
  return Array.from(tables, ([name, columns]) => ({
    name,
    columns: columns.map(({ name, type }) => ({
      name: String(name),
      type: String(type),
    })),
  }));
}
