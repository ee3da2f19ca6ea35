// deno-lint-ignore-file no-console -- it tells a story to a person

import { Client, getCondition, mergePatch, start } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { DatabaseSync } from "node:sqlite";
import { tellStory } from "../storyteller.ts";
import { databaseController, OPERATOR } from "./controller.ts";
import { Database } from "./kind.ts";

const KEY = { name: "shop", namespace: "default" };

/** The table of the story, with a column of some type. */
function orders(price?: "REAL" | "TEXT"): Database["spec"] {
  const columns = [
    { name: "id", type: "INTEGER" },
    { name: "item", type: "TEXT" },
    ...price === undefined ? [] : [{ name: "price", type: price }] as const,
  ] as const;
  return { tables: [{ name: "orders", columns }] };
}

/**
 * Tells the story of the operator on an embedded API server.
 *
 * @param print Where the lines go.
 * @param folder Where the files of SQLite are.
 */
export async function tellDemo(
  print: (line: string) => void,
  folder: string,
): Promise<void> {
  await using server = new FakeApiServer({ kinds: [Database] });
  await using person = new Client(server.config, { fieldManager: "demo" });
  await using client = new Client(server.config, { fieldManager: OPERATOR });
  const databases = person.resource(Database);
  const story = tellStory(server, { operator: OPERATOR, print });
  const ready = (status: "True" | "False") => (): boolean => {
    const [database] = server.objects(Database, "default");
    const condition = getCondition(database?.status?.conditions, "Ready");
    return condition?.status === status &&
      condition.observedGeneration === database?.metadata.generation;
  };

  print(`The embedded API server listens on ${server.url}`);
  await Deno.mkdir(folder, { recursive: true });
  const controller = databaseController(client, { folder, resync: 250 });
  await using operator = start(controller);
  await operator.ready;

  story.step("Somebody creates Database default/shop with table orders");
  const { metadata } = await databases.create({
    metadata: KEY,
    spec: orders(),
  });
  const path = `${folder}/${metadata.uid}.db`;
  await story.fact("condition Ready is True", ready("True"));
  await story.fact(`the table is in ${path}`, () => count(path) === 0);
  story.cost();

  story.step("Somebody inserts a row, and wants a column more");
  run(path, "INSERT INTO orders VALUES (1, 'tea')");
  await databases.patch(KEY, mergePatch({ spec: orders("REAL") }));
  await story.fact("condition Ready is True", ready("True"));
  await story.fact("the row is there, too", () => count(path, "price") === 1);

  story.step("Somebody wants another type for that column");
  await databases.patch(KEY, mergePatch({ spec: orders("TEXT") }));
  await story.fact("condition Ready is False", ready("False"));
  await databases.patch(KEY, mergePatch({ spec: orders("REAL") }));
  await story.fact("and True once it is as before", ready("True"));

  story.step("Somebody drops the table behind the back of the operator");
  run(path, "DROP TABLE orders");
  await story.fact(
    "the operator looks from time to time, and makes it again",
    () => count(path, "price") === 0,
  );

  story.step("Somebody deletes the Database");
  await databases.delete(KEY);
  await story.fact(
    "it is gone, its finalizer with it",
    () => server.objects(Database, "default").length === 0,
  );
  await story.fact("so is the file", () => !exists(path));
}

function run(path: string, sql: string): void {
  using file = new DatabaseSync(path);
  file.exec(sql);
}

/** How many orders there are; `undefined` without table or column. */
function count(path: string, column = "id"): number | undefined {
  using file = new DatabaseSync(path);
  try {
    return file.prepare(`SELECT ${column} FROM orders`).all().length;
  } catch {
    return undefined;
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  await tellDemo(console.log, ".cache/databases");
  console.log("\nThe end.");
}
