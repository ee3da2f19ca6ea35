import { ConfigMap } from "../builtin/core_v1.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { scripted } from "../../tests/scripted_fetch.ts";
import { Client } from "./client.ts";
import { ConnectionError } from "./connection_error.ts";
import type { Fetch } from "./http_request.ts";

const config = { server: "https://10.0.0.1:6443" };
const key = { namespace: "default", name: "a" };
const path = "/api/v1/namespaces/default/configmaps";

function answering(body: string): { readonly fetch: Fetch } {
  const answer = () => Promise.resolve(new Response(body));
  return scripted([answer, answer, answer]);
}

/** What something that is no API server says with 200. */
const strangers: readonly (readonly [string, string])[] = [
  ["<html>canary</html>", "it is no JSON"],
  ['{"canary":true}', "it is no object of Kubernetes"],
  ["[]", "it is no object of Kubernetes"],
  ["null", "it is no object of Kubernetes"],
  ['{"kind":"Status","metadata":{},"message":"canary"}', "it is a Status"],
  ['{"kind":"canary canary","metadata":{}}', "it is no object of Kubernetes"],
];

Deno.test("ResourceClient says what it got for an object, and hands on nothing (F17)", async () => {
  for (const [body, text] of strangers) {
    const { fetch } = answering(body);
    await using client = new Client(config, { fieldManager: "test", fetch });
    const configMaps = client.resource(ConfigMap);
    for (
      const [method, at, call] of [
        ["GET", `${path}/a`, () => configMaps.get(key)],
        ["PATCH", `${path}/a`, () => configMaps.apply({ metadata: key })],
        ["POST", path, () => configMaps.create({ metadata: key })],
      ] as const
    ) {
      const { message } = await assertRejects(call, ConnectionError, text);
      assertEquals(
        [message.includes(`${method} ${at}`), message.includes("canary")],
        [true, false],
        message,
      );
    }
  }
});

Deno.test("ResourceClient says what it got for a list (F17)", async () => {
  for (const [body, text] of strangers) {
    const { fetch } = answering(body);
    await using client = new Client(config, { fieldManager: "test", fetch });
    const { message } = await assertRejects(
      () => Array.fromAsync(client.resource(ConfigMap).pages()),
      ConnectionError,
      text,
    );
    assertEquals(message.includes("canary"), false);
  }
});

Deno.test("ResourceClient takes a list without items for an empty one (F52)", async () => {
  const body = '{"kind":"ConfigMapList","metadata":{},"items":null}';
  const { fetch } = answering(body);
  await using client = new Client(config, { fieldManager: "test", fetch });
  const configMaps = client.resource(ConfigMap);
  assertEquals(await Array.fromAsync(configMaps.list()), []);
});
