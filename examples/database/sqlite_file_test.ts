import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { Table } from "./kind.ts";
import { dropFile, migrate } from "./sqlite_file.ts";

const orders: Table = {
  name: "orders",
  columns: [{ name: "id", type: "INTEGER" }],
};

async function withFile(test: (path: string) => void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    test(`${folder}/a.db`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("migrate() makes tables whose names are words of SQL", () =>
  withFile((path) => {
    const table = { ...orders, name: "select" };
    assertEquals(migrate(path, [table]), {
      tables: [table],
      problem: undefined,
    });
  }));

Deno.test("migrate() changes nothing when all is there", () =>
  withFile((path) => {
    migrate(path, [orders]);
    const before = Deno.readFileSync(path);
    assertEquals(migrate(path, [orders]).tables, [orders]);
    assertEquals(Deno.readFileSync(path), before);
  }));

Deno.test("migrate() adds columns, and keeps what nobody wants any more", () =>
  withFile((path) => {
    migrate(path, [orders]);
    const item = { name: "item", type: "TEXT" };
    migrate(path, [{ name: "orders", columns: [item] }]);
    assertEquals(migrate(path, []).tables, [
      { name: "orders", columns: [...orders.columns, item] },
    ]);
  }));

Deno.test("migrate() does nothing at all when a part is not possible", () =>
  withFile((path) => {
    const reserved = { ...orders, name: "sqlite_orders" };
    assertEquals(migrate(path, [orders, reserved]), {
      tables: [],
      problem: "object name reserved for internal use: sqlite_orders",
    });
  }));

Deno.test("migrate() leaves a column of another type as it is", () =>
  withFile((path) => {
    migrate(path, [orders]);
    const text = { name: "orders", columns: [{ name: "id", type: "TEXT" }] };
    assertEquals(migrate(path, [text]), {
      tables: [orders],
      problem: "column orders.id is INTEGER, not TEXT",
    });
  }));

Deno.test("migrate() throws when the file is in use, to be tried again", () =>
  withFile((path) => {
    using other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    let message = "";
    try {
      migrate(path, [orders]);
    } catch (error) {
      message = error instanceof Error ? error.message : "";
    }
    assertEquals(message, "database is locked");
  }));

Deno.test("dropFile() does nothing when the file is gone", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a.db`, "");
  await Deno.writeTextFile(`${folder}/a.db-wal`, "");
  await dropFile(`${folder}/a.db`);
  await dropFile(`${folder}/a.db`);
  await Deno.remove(folder); // it is empty
});
