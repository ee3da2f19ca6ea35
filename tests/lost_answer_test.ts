import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import {
  addFinalizer,
  Client,
  ConnectionError,
  ensure,
  isAlreadyExists,
  isConflict,
  mergePatch,
  removeFinalizer,
  type ResourceClient,
  setLabels,
} from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";

const key = { namespace: "default", name: "a" };
const data = { color: "red" };
const own = { finalizer: "example.io/own" };
const other = { finalizer: "example.io/other" };

type ConfigMaps = ResourceClient<ConfigMap, "Namespaced">;

/** A write, and how it ends when the API server has carried it out before. */
interface Case {
  readonly name: string;
  readonly verb: string;
  readonly write: (
    configMaps: ConfigMaps,
    existing: ConfigMap,
  ) => Promise<unknown>;
  readonly again: (result: unknown) => boolean;
}

const isFine = (result: unknown): boolean => !(result instanceof Error);

const cases: readonly Case[] = [
  {
    name: "create() says that the object exists",
    verb: "create",
    write: (all) => all.create({ metadata: { ...key, name: "b" } }),
    again: isAlreadyExists,
  },
  {
    name: "update() says that the object has changed since it was read",
    verb: "update",
    write: (all, existing) => all.update({ ...existing, data }),
    again: isConflict,
  },
  {
    name: "patch() changes nothing more",
    verb: "patch",
    write: (all) => all.patch(key, mergePatch({ data })),
    again: isFine,
  },
  {
    name: "apply() changes nothing more",
    verb: "apply",
    write: (all) => all.apply({ metadata: key, data }),
    again: isFine,
  },
  {
    name: "ensure() finds nothing to do",
    verb: "apply",
    write: async (all) => (await ensure(all, { metadata: key, data })).outcome,
    again: (outcome) => outcome === "unchanged",
  },
  {
    name: "setLabels() changes nothing more",
    verb: "patch",
    write: (all) => setLabels(all, key, { app: "web" }),
    again: isFine,
  },
  {
    name: "addFinalizer() changes nothing more",
    verb: "apply",
    write: (all, existing) => addFinalizer(all, existing, own),
    again: isFine,
  },
  {
    name: "removeFinalizer() changes nothing more",
    verb: "patch",
    write: (all, existing) => removeFinalizer(all, existing, other),
    again: isFine,
  },
  {
    name: "delete() says that there is none",
    verb: "delete",
    write: (all) => all.delete(key),
    again: (deleted) => deleted === false,
  },
];

for (const { name, verb, write, again } of cases) {
  Deno.test(`after a lost answer ${name} (F28)`, async () => {
    await using server = new FakeApiServer();
    await using client = new Client(server.config, { fieldManager: "test" });
    const all = client.resource(ConfigMap);
    const finalizers = verb === "delete" ? [] : [other.finalizer];
    const existing = await all.create({ metadata: { ...key, finalizers } });
    const versions = async (): Promise<unknown[]> => {
      const { items } = await (await server.fetch(LIST)).json();
      return items.map(({ metadata }: ConfigMap) => metadata.resourceVersion);
    };
    const before = await versions();
    using fault = server.faults.add(
      { verb, resource: "configmaps", times: 1 },
      {
        drop: "answer",
      },
    );
    await assertRejects(() => write(all, existing), ConnectionError);
    assertEquals(fault.hits, 1); // a write is not sent again by itself
    const done = await versions();
    assert(done.join() !== before.join());
    const result = await write(all, existing).catch((error) => error);
    assert(again(result), Deno.inspect(result));
    assertEquals(await versions(), done);
  });
}

const LIST = "http://localhost/api/v1/namespaces/default/configmaps";
