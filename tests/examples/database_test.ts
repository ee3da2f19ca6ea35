import {
  Client,
  getCondition,
  mergePatch,
  type ResourceClient,
  start,
  waitFor,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import {
  databaseController,
  OPERATOR,
} from "../../examples/database/controller.ts";
import { tellDemo } from "../../examples/database/demo.ts";
import { Database } from "../../examples/database/kind.ts";
import { openWorld } from "../world.ts";
import { GOOD_LIFE, openExampleWorld } from "./example_world.ts";

const timeout = 20_000;
const orders = {
  name: "orders",
  columns: [{ name: "id", type: "INTEGER" }],
} as const;
const spec = { tables: [orders] } as const;

/** Waits until Ready says so about the newest spec. */
async function untilReady(
  databases: ResourceClient<Database, "Namespaced">,
  key: { readonly name: string; readonly namespace: string },
  status = "True",
): Promise<Database> {
  const found = await waitFor(databases, key, {
    condition: (database) => {
      const ready = getCondition(database?.status?.conditions, "Ready");
      return ready?.status === status &&
        ready.observedGeneration === database?.metadata.generation;
    },
    timeout,
  });
  assert(found);
  return found;
}

async function openDatabaseWorld() {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const world = stack.use(await openWorld([Database]));
  const client = stack.use(
    new Client(world.config, { fieldManager: OPERATOR }),
  );
  const { namespace, otherNamespace } = world;
  const controller = databaseController(client, {
    folder,
    namespaces: [namespace, otherNamespace],
    resync: 200,
  });
  await stack.use(start(controller)).ready;
  const owned = stack.move();
  return {
    folder,
    namespace,
    otherNamespace,
    databases: world.client.resource(Database),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

Deno.test("database keeps a file for each object, and drops it with the object", async () => {
  await using world = await openDatabaseWorld();
  const { databases, folder, namespace, otherNamespace } = world;
  const key = { name: "shop", namespace };
  const other = { name: "shop", namespace: otherNamespace };
  await databases.create({ metadata: key, spec });
  await databases.create({ metadata: other, spec: { tables: [] } });
  const { metadata, status } = await untilReady(databases, key);
  const empty = await untilReady(databases, other);
  assertEquals(status?.tables, ["orders"]);
  assertEquals(status?.file, `${metadata.uid}.db`);
  assertEquals(empty.status?.tables, []);
  assertEquals([...Deno.readDirSync(folder)].length, 2);

  await databases.delete(key);
  await waitFor(databases, key, { condition: (gone) => !gone, timeout });
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
    `${empty.metadata.uid}.db`,
  ]);
  await databases.delete(other);
  await waitFor(databases, other, { condition: (gone) => !gone, timeout });
  assertEquals([...Deno.readDirSync(folder)], []);
});

Deno.test("database makes a table again that somebody has dropped", async () => {
  await using world = await openDatabaseWorld();
  const { databases, folder, namespace } = world;
  const key = { name: "shop", namespace };
  await databases.create({ metadata: key, spec });
  const { status } = await untilReady(databases, key);
  const path = `${folder}/${status?.file}`;
  const tables = (): number => {
    using file = new DatabaseSync(path);
    return file.prepare("SELECT * FROM sqlite_schema").all().length;
  };
  {
    using file = new DatabaseSync(path);
    file.exec("DROP TABLE orders");
  }
  const deadline = performance.now() + timeout;
  while (tables() === 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assertEquals(tables(), 1);
});

Deno.test("database says why when a table cannot be as wanted, and keeps it", async () => {
  await using world = await openDatabaseWorld();
  const { databases, namespace } = world;
  const key = { name: "shop", namespace };
  await databases.create({ metadata: key, spec });
  await untilReady(databases, key);
  const columns = [{ name: "id", type: "TEXT" }];
  const tables = [{ name: "orders", columns }];
  await databases.patch(key, mergePatch({ spec: { tables } }));
  const { status } = await untilReady(databases, key, "False");
  const ready = getCondition(status?.conditions, "Ready");
  assertEquals(ready?.reason, "MigrationFailed");
  assertEquals(ready?.message, "column orders.id is INTEGER, not TEXT");
  assertEquals(status?.tables, ["orders"]);
});

Deno.test("database has no names that are SQL: the API server refuses them", async () => {
  await using world = await openDatabaseWorld();
  const { databases, namespace } = world;
  const name = 'a"; DROP TABLE b; --';
  await assertRejects(
    () =>
      databases.create({
        metadata: { name: "shop", namespace },
        spec: { tables: [{ name, columns: spec.tables[0].columns }] },
      }),
    Error,
    "spec.tables[0].name",
  );
});

Deno.test("database tells its story", async () => {
  const folder = await Deno.makeTempDir();
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line), folder);
  assertEquals(lines.filter((line) => line.includes("✓")).length, 9);
  await Deno.remove(folder); // it is empty
});

Deno.test("database lives its whole life under its role, and needs all of it", async () => {
  await using world = await openExampleWorld("database", { kinds: [Database] });
  const { client, namespace } = world;
  const databases = client.resource(Database);
  const key = { name: "shop", namespace };
  const folder = await Deno.makeTempDir();
  const program = await world.startProgram({
    args: [`--namespace=${namespace}`, `--folder=${folder}`],
    places: { "/data": folder },
  });
  await databases.create({ metadata: key, spec });
  await untilReady(databases, key);
  await databases.delete(key);
  await waitFor(databases, key, { condition: (gone) => !gone, timeout });

  assertEquals(await world.endProgram(program), GOOD_LIFE);
  await Deno.remove(folder); // it is empty
});
