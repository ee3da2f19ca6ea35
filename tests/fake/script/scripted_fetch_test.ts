import { ConfigMap } from "@koprs/koprs/builtin";
import { Client, isConflict, isExpired, isNotFound } from "@koprs/koprs/core";
import {
  type ScriptedEvent,
  type ScriptedExchange,
  ScriptedFetch,
} from "@koprs/koprs/testing";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";

const key = { name: "app", namespace: "default" };
const path = "/api/v1/namespaces/default/configmaps/app";
const collection = "/api/v1/configmaps";
const object = { metadata: { ...key, uid: "1" }, data: { color: "blue" } };

function open(script: readonly ScriptedExchange[]) {
  const scripted = new ScriptedFetch(script);
  const { fetch } = scripted;
  const client = new Client(scripted.config, { fieldManager: "op", fetch });
  return {
    scripted,
    configMaps: client.resource(ConfigMap),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

Deno.test("ScriptedFetch answers expected requests in order", async () => {
  const body = { metadata: key, data: { a: "1", b: undefined } };
  await using api = open([
    { method: "GET", path, reply: object },
    {
      method: "POST",
      path: "/api/v1/namespaces/default/configmaps",
      query: { fieldManager: "op", dryRun: null },
      headers: { "content-type": "application/json" },
      body: { ...body, kind: "ConfigMap", apiVersion: "v1" },
      status: 201,
      reply: object,
    },
    { method: "DELETE", path, status: 404 },
  ]);
  assertEquals((await api.configMaps.get(key))?.data, { color: "blue" });
  await api.configMaps.create({ metadata: key, data: { a: "1" } });
  assertEquals(await api.configMaps.delete(key), false);
  api.scripted.check();
  await api.scripted[Symbol.asyncDispose]();
  assertEquals(api.scripted.requests.map(({ method }) => method), [
    "GET",
    "POST",
    "DELETE",
  ]);
});

Deno.test("ScriptedFetch refuses a request that differs, and says how at the end", async () => {
  const post: ScriptedExchange = {
    method: "POST",
    path: "/api/v1/namespaces/default/configmaps",
  };
  const where = `Cannot answer request 1, POST ${post.path}: `;
  const cases: readonly (readonly [readonly ScriptedExchange[], string])[] = [
    [[], "the script of 0 requests is over"],
    [[{ method: "GET", path }], `expected GET ${path}`],
    [
      [{ ...post, query: { dryRun: "All" } }],
      'expected query parameter dryRun="All", not none',
    ],
    [
      [{ ...post, query: { fieldManager: null } }],
      'expected query parameter fieldManager=none, not "op"',
    ],
    [
      [{ ...post, headers: { accept: "text/plain" } }],
      'expected header accept: "text/plain", not "application/json"',
    ],
    [[{ ...post, body: { data: {} } }], 'expected body {"data":{}}, not {'],
  ];
  for (const [script, why] of cases) {
    await using api = open(script);
    await assertRejects(() => api.configMaps.create({ metadata: key }));
    assertThrows(() => api.scripted.check(), Error, where + why);
    await assertRejects(() => api.scripted[Symbol.asyncDispose](), Error, why);
  }
});

Deno.test("ScriptedFetch names the requests that did not come", async () => {
  await using api = open([
    { method: "GET", path, reply: { metadata: key } },
    { method: "GET", path },
    { method: "DELETE", path },
  ]);
  await api.configMaps.get(key);
  assertEquals(api.scripted.remaining.length, 2);
  await assertRejects(
    () => api.scripted[Symbol.asyncDispose](),
    Error,
    `Cannot end the script: 2 of 3 requests did not come: GET ${path}, DELETE ${path}`,
  );
});

Deno.test("ScriptedFetch makes the Status that fits a code", async () => {
  const cases = [[404, isNotFound], [409, isConflict], [410, isExpired]];
  for (const [status, matches] of cases as [number, typeof isNotFound][]) {
    await using api = open([
      { method: "GET", path: collection, status },
    ]);
    const error = await assertRejects(() => api.configMaps.list().next());
    assert(matches(error), `${status}`);
    api.scripted.check();
  }
});

Deno.test("ScriptedFetch fails as a network does, and lets the client wait", async () => {
  await using api = open([
    { method: "GET", path, error: new TypeError("connection reset by peer") },
    { method: "GET", path, status: 429, replyHeaders: { "retry-after": "0" } },
    { method: "GET", path, reply: object },
  ]);
  assertEquals((await api.configMaps.get(key))?.metadata.uid, "1");
  api.scripted.check();
});

Deno.test("ScriptedFetch sends the events of a watch as they come", async () => {
  let ended = false;
  async function* events(): AsyncIterableIterator<ScriptedEvent> {
    try {
      yield { type: "ADDED", object };
      await new Promise<never>(() => {});
    } finally {
      ended = true;
    }
  }
  await using api = open([
    {
      method: "GET",
      path: collection,
      query: { watch: "1" },
      events: events(),
    },
    { method: "GET", path: collection, events: [{ type: "ADDED", object }] },
  ]);
  for await (const event of api.configMaps.watch()) {
    assertEquals(event.type, "ADDED");
    break;
  }
  assertEquals(ended, false); // it hangs, and is let go of all the same
  const types: string[] = [];
  for await (const { type } of api.configMaps.watch()) types.push(type);
  assertEquals(types, ["ADDED"]);
  api.scripted.check();
});
