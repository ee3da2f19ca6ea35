import { DatabaseSync } from "node:sqlite";
import type { StoreSnapshot } from "./store/store_snapshot.ts";
import type { JsonObject } from "./schema/type_schema.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS objects (
    collection TEXT, key TEXT, object TEXT, PRIMARY KEY (collection, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS revision (at INTEGER);
`;

/** Keeps the objects of a server in a SQLite file. */
export class StateFile implements Disposable {
  readonly #database: DatabaseSync;
  readonly #saved = new Map<string, string>();
  #revision: number | undefined;

  /**
   * Opens the file, or makes it.
   *
   * @param path Where it is.
   */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(TABLES);
  }

  /** Reads what was saved; `undefined` if nothing was. */
  load(): StoreSnapshot | undefined {
    const row = this.#database.prepare("SELECT at FROM revision").get();
    if (row === undefined) return undefined;
    const collections: Record<string, Record<string, JsonObject>> = {};
    const rows = this.#database.prepare("SELECT * FROM objects").all();
    for (const { collection, key, object } of rows) {
      const text = String(object);
      const name = String(collection);
      this.#saved.set(`${name} ${key}`, text);
      collections[name] ??= {};
      // Written by save().
      collections[name][String(key)] = JSON.parse(text) as JsonObject;
    }
    return { revision: Number(row.at), collections };
  }

  /** Writes what has changed since the last time, all of it or nothing. */
  save({ revision, collections }: StoreSnapshot): void {
    if (revision === this.#revision) return;
    const database = this.#database;
    const put = database.prepare("REPLACE INTO objects VALUES (?, ?, ?)");
    const remove = database.prepare(
      "DELETE FROM objects WHERE collection = ? AND key = ?",
    );
    const gone = new Set(this.#saved.keys());
    database.exec("BEGIN; DELETE FROM revision");
    for (const [collection, objects] of Object.entries(collections)) {
      for (const [key, object] of Object.entries(objects)) {
        const id = `${collection} ${key}`;
        const text = JSON.stringify(object);
        gone.delete(id);
        if (this.#saved.get(id) === text) continue;
        put.run(collection, key, text);
        this.#saved.set(id, text);
      }
    }
    for (const id of gone) {
      const [collection = "", key = ""] = id.split(" ");
      remove.run(collection, key);
      this.#saved.delete(id);
    }
    database.prepare("INSERT INTO revision VALUES (?)").run(revision);
    database.exec("COMMIT");
    this.#revision = revision;
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
  }
}
