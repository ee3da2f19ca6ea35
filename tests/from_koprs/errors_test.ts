import { ConfigMap } from "@koprs/koprs/builtin";
import {
  ApiError,
  Client,
  ConfigError,
  ConnectionError,
  controllerReference,
  ensure,
  isForbidden,
  run,
} from "@koprs/koprs/core";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { answered, play } from "./scripted.ts";

const path = "/api/v1/namespaces/my-ns/configmaps/app";
const key = { name: "app", namespace: "my-ns" };

Deno.test("ER errors name what failed, where, and why", async () => {
  const request = { method: "GET", path } as const;
  await play([
    { ...request, status: 403 },
    { ...request, reply: "{", status: 500 },
    { ...request, reply: "{" },
  ], async (client) => {
    const configMaps = client.resource(ConfigMap);
    const refused = await assertRejects(() => configMaps.get(key), ApiError);
    assertEquals([refused.code, refused.reason], [403, "Forbidden"]);
    assertMatch(refused.message, /^Cannot GET .*\/configmaps\/app: /);
    const broken = await assertRejects(() => configMaps.get(key), ApiError);
    assertEquals(broken.code, 500);
    const unread = await assertRejects(
      () => configMaps.get(key),
      ConnectionError,
    );
    assertEquals(unread.message.endsWith("/app: it is no JSON"), true);
  });
  const { metadata, ...rest } = answered({ kind: ConfigMap, key });
  for (const field of ["name", "uid"]) {
    const owner = { ...rest, metadata: { ...metadata, [field]: "" } };
    assertThrows(() => controllerReference(owner), TypeError, field);
  }
});

Deno.test("ER what fails on this machine is an error of its own, with the address", async () => {
  using busy = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = busy.addr;
  const probes = { hostname: "127.0.0.1", port };
  const error = await assertRejects(
    () => run([], { probes, logging: false }),
    ConfigError,
  );
  assert(error.message.includes(`${port}`), error.message);
  busy.close();
  await using client = new Client({ server: `http://127.0.0.1:${port}` }, {
    fieldManager: "my-op",
  });
  const gone = await assertRejects(
    () => client.resource(ConfigMap).get(key),
    ConnectionError,
  );
  assert(gone.message.includes(`127.0.0.1:${port}`), gone.message);
});

Deno.test("ER an error comes out of a function as it went in, and can be printed", async () => {
  const script = [{ method: "GET", path, status: 403 }] as const;
  await play(script, async (client) => {
    const configMaps = client.resource(ConfigMap);
    const error = await assertRejects(
      () => ensure(configMaps, { metadata: key }),
      ApiError,
    );
    assertEquals([error.code, isForbidden(error)], [403, true]);
    for (const text of [`${error}`, Deno.inspect(error)]) {
      assert(text.includes(`Cannot GET ${path}: `), text);
    }
  });
});
