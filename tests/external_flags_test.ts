import { assert, assertEquals } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Client,
  getCondition,
  type ResourceClient,
  start,
  waitFor,
} from "@koprs/koprs/core";
import {
  httpPoller,
  jsonBody,
  MemoryStore,
  objectContentPoller,
} from "@koprs/koprs/external";
import {
  flagController,
  OPERATOR,
} from "../examples/external_flags/controller.ts";
import { tellDemo } from "../examples/external_flags/demo.ts";
import {
  type Flags,
  flagsSchema,
  OVERRIDES,
} from "../examples/external_flags/flag_book.ts";
import {
  type FlagServer,
  serveFlags,
} from "../examples/external_flags/flag_server.ts";
import { FlagSet } from "../examples/external_flags/kind.ts";
import { openWorld } from "./world.ts";

const timeout = 20_000;

/** A world in which the operator runs, with an endpoint and a bucket. */
interface FlagWorld extends AsyncDisposable {
  readonly endpoint: FlagServer;
  readonly bucket: MemoryStore;
  readonly namespace: string;
  readonly flagSets: ResourceClient<FlagSet, "Namespaced">;
  readonly configMaps: ResourceClient<ConfigMap, "Namespaced">;
  /** Makes a FlagSet whose prefix is its name and a dot. */
  create(name: string): Promise<void>;
  /** Waits until a ConfigMap has exactly these flags. */
  untilFlags(
    name: string,
    flags: Readonly<Record<string, string>>,
  ): Promise<ConfigMap | undefined>;
}

async function openFlagWorld(flags: Flags | undefined): Promise<FlagWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld([FlagSet]));
  const { client: person, namespace } = world;
  const endpoint = stack.use(serveFlags({}));
  endpoint.flags = flags;
  const bucket = new MemoryStore("bucket");
  const client = stack.use(
    new Client(world.config, { fieldManager: OPERATOR }),
  );
  const decode = jsonBody(flagsSchema);
  const controller = flagController(client, {
    namespace,
    defaults: httpPoller(endpoint.url, {
      decode,
      addresses: { allow: ["127.0.0.1"] },
    }),
    overrides: objectContentPoller(bucket, { decode, prefix: OVERRIDES }),
    interval: 20,
  });
  await stack.use(start(controller)).ready;
  const flagSets = person.resource(FlagSet);
  const configMaps = person.resource(ConfigMap);
  const owned = stack.move();
  return {
    endpoint,
    bucket,
    namespace,
    flagSets,
    configMaps,
    create: async (name) => {
      await flagSets.create({
        metadata: { name, namespace },
        spec: { prefix: `${name}.` },
      });
    },
    untilFlags: (name, wanted) =>
      waitFor(configMaps, { name, namespace }, {
        condition: (configMap) =>
          JSON.stringify(Object.entries(configMap?.data ?? {}).sort()) ===
            JSON.stringify(Object.entries(wanted).sort()),
        timeout,
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

Deno.test("external_flags writes the flags of an endpoint into ConfigMaps, and follows it", async () => {
  await using world = await openFlagWorld({ "a.x": true, "b.y": "slow" });
  await world.create("a");
  await world.create("b");
  const child = await world.untilFlags("a", { "a.x": "true" });
  assertEquals(child?.metadata.ownerReferences?.[0]?.kind, "FlagSet");
  await world.untilFlags("b", { "b.y": "slow" });
  world.endpoint.flags = { "a.x": false, "a.z": 7 };
  await world.untilFlags("a", { "a.x": "false", "a.z": "7" });
  await world.untilFlags("b", {});
});

Deno.test("external_flags reconciles only the FlagSet that an override is about", async () => {
  await using world = await openFlagWorld({ "a.x": true, "b.x": true });
  await world.create("a");
  await world.create("b");
  await world.untilFlags("a", { "a.x": "true" });
  const other = await world.untilFlags("b", { "b.x": "true" });
  const { namespace, bucket } = world;
  bucket.put(`${OVERRIDES}${namespace}/a.json`, '{"a.x":false}');
  bucket.put(`${OVERRIDES}${namespace}/bad.json`, "oops");
  bucket.put(`${OVERRIDES}nobody.json`, '{"b.x":false}');
  await world.untilFlags("a", { "a.x": "false" });
  bucket.delete(`${OVERRIDES}${namespace}/a.json`);
  await world.untilFlags("a", { "a.x": "true" });
  const key = { name: "b", namespace };
  const after = await world.configMaps.get(key);
  assertEquals(versionOf(after), versionOf(other));
});

Deno.test("external_flags leaves ConfigMaps alone while the endpoint is down", async () => {
  await using world = await openFlagWorld({ "a.x": true });
  await world.create("a");
  const before = await world.untilFlags("a", { "a.x": "true" });
  const { endpoint, namespace } = world;
  endpoint.flags = undefined;
  const asked = endpoint.requests.all;
  while (endpoint.requests.all < asked + 2) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const during = await world.configMaps.get({ name: "a", namespace });
  assertEquals(versionOf(during), versionOf(before));
  endpoint.flags = { "a.x": false };
  await world.untilFlags("a", { "a.x": "false" });
});

Deno.test("external_flags says that it knows no flags until the endpoint has answered", async () => {
  await using world = await openFlagWorld(undefined);
  await world.create("a");
  const { namespace } = world;
  const key = { name: "a", namespace };
  const unready = await waitFor(world.flagSets, key, {
    condition: (flagSet) =>
      getCondition(flagSet?.status?.conditions, "Ready")?.status === "False",
    timeout,
  });
  assertEquals(
    getCondition(unready?.status?.conditions, "Ready")?.reason,
    "Unknown",
  );
  assertEquals(await world.configMaps.exists(key), false);
  world.endpoint.flags = { "a.x": true };
  await world.untilFlags("a", { "a.x": "true" });
});

Deno.test("external_flags writes nothing when polls find nothing new", async () => {
  await using world = await openFlagWorld({ "a.x": true });
  await world.create("a");
  const before = await world.untilFlags("a", { "a.x": "true" });
  const { endpoint, namespace } = world;
  const asked = endpoint.requests.notModified;
  while (endpoint.requests.notModified < asked + 5) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const after = await world.configMaps.get({ name: "a", namespace });
  assertEquals(versionOf(after), versionOf(before));
});

Deno.test("external_flags tells its story", async () => {
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line));
  assertEquals(lines.filter((line) => line.includes("✓")).length, 8);
  assert(lines.at(-1)?.includes('cost a "not modified"'));
});

function versionOf(configMap: ConfigMap | undefined): string | undefined {
  return configMap?.metadata.resourceVersion;
}
