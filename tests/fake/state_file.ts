import { DatabaseSync } from "node:sqlite";
import type { StoreSnapshot } from "./store/store_snapshot.ts";
import type { JsonObject } from "./schema/type_schema.ts";

/** Tells our files from databases of other programs: "kprs". */
const APPLICATION = 0x6b707273;
const TABLES = `
  PRAGMA application_id = ${APPLICATION};
  CREATE TABLE objects (
    collection TEXT, key TEXT, object TEXT, PRIMARY KEY (collection, key)
  ) WITHOUT ROWID;
  CREATE TABLE revision (at INTEGER);
`;

/** Keeps the objects of a server in a SQLite file, which no other may use. */
export class StateFile implements Disposable {
  readonly #path: string;
  readonly #database: DatabaseSync;
  /** What the file holds, by collection and key. */
  readonly #saved = new Map<string, Map<string, JsonObject>>();
  #revision: number | undefined;

  /**
   * Opens the file, or makes it.
   *
   * @param path Where it is.
   * @throws {Error} If it is in use, or is something else.
   */
  constructor(path: string) {
    this.#path = path;
    this.#database = this.#try(() => new DatabaseSync(path));
    try {
      this.#try(() => this.#open());
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /**
   * Reads what was saved.
   *
   * @returns The objects; `undefined` if nothing was saved.
   * @throws {Error} If the file is damaged.
   */
  load(): StoreSnapshot | undefined {
    return this.#try(() => this.#load());
  }

  /**
   * Writes what has changed since the last time, all of it or nothing.
   *
   * @param snapshot The objects; those that are the same object as last time
   * have not changed.
   * @throws {Error} If the file cannot be written.
   */
  save(snapshot: StoreSnapshot): void {
    if (snapshot.revision === this.#revision) return;
    this.#try(() => {
      this.#database.exec("BEGIN");
      try {
        this.#write(snapshot);
        this.#database.exec("COMMIT");
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
    this.#saved.clear();
    for (const [name, objects] of Object.entries(snapshot.collections)) {
      this.#saved.set(name, new Map(Object.entries(objects)));
    }
    this.#revision = snapshot.revision;
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
  }

  #open(): void {
    const database = this.#database;
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    const tables = database.prepare("SELECT name FROM sqlite_master").all();
    const id = database.prepare("PRAGMA application_id").get();
    if (tables.length === 0) database.exec(TABLES);
    else if (id?.application_id !== APPLICATION) {
      throw new Error("it is a database of another program");
    }
    database.exec("COMMIT");
  }

  #load(): StoreSnapshot | undefined {
    const row = this.#database.prepare("SELECT at FROM revision").get();
    if (row === undefined) return undefined;
    const collections: Record<string, Record<string, JsonObject>> = {};
    const rows = this.#database.prepare("SELECT * FROM objects").all();
    for (const { collection, key, object } of rows) {
      const objects = collections[String(collection)] ??= {};
      // Written by save().
      objects[String(key)] = JSON.parse(String(object)) as JsonObject;
    }
    for (const [name, objects] of Object.entries(collections)) {
      this.#saved.set(name, new Map(Object.entries(objects)));
    }
    return { revision: Number(row.at), collections };
  }

  #write({ revision, collections }: StoreSnapshot): void {
    const database = this.#database;
    const put = database.prepare("REPLACE INTO objects VALUES (?, ?, ?)");
    const remove = database.prepare(
      "DELETE FROM objects WHERE collection = ? AND key = ?",
    );
    for (const [name, objects] of Object.entries(collections)) {
      const saved = this.#saved.get(name);
      for (const [key, object] of Object.entries(objects)) {
        if (saved?.get(key) === object) continue;
        put.run(name, key, JSON.stringify(object));
      }
    }
    for (const [name, saved] of this.#saved) {
      for (const key of saved.keys()) {
        if (collections[name]?.[key] === undefined) remove.run(name, key);
      }
    }
    database.exec("DELETE FROM revision");
    database.prepare("INSERT INTO revision VALUES (?)").run(revision);
  }

  #try<T>(act: () => T): T {
    try {
      return act();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Cannot keep the state in "${this.#path}": ${why}`, {
        cause,
      });
    }
  }
}
