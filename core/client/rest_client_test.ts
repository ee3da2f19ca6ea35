import { assertEquals, assertRejects } from "@std/assert";
import { ScriptedFetch } from "../../tests/fake/script/scripted_fetch.ts";
import type { ScriptedExchange } from "../../tests/fake/script/scripted_exchange.ts";
import { Client } from "./client.ts";
import { restClient, type RestJson, type RestRequest } from "./rest_client.ts";

const path = "/api/v1/namespaces/default/configmaps";

/** What the generated classes ask of exec and the like, written down anew. */
interface Tunnel extends Disposable {
  readonly transportProtocol: "SPDY" | "WebSocket" | "Opaque";
  readonly subProtocol: string;
  getReadableStream(ids: {
    index?: number;
    spdyHeaders?: Record<string, string | number>;
  }): ReadableStream<Uint8Array>;
  getWritableStream(ids: {
    index?: number;
    spdyHeaders?: Record<string, string | number>;
  }): WritableStream<Uint8Array>;
  whenReady(): Promise<void>;
  close(): Promise<void>;
}

/** What the generated classes ask of a client, written down anew. */
interface Contract extends Disposable {
  performRequest(
    opts: RestRequest & { expectTunnel: string[] },
  ): Promise<Tunnel>;
  performRequest(
    opts: RestRequest & { expectStream: true; expectJson: true },
  ): Promise<ReadableStream<RestJson>>;
  performRequest(
    opts: RestRequest & { expectStream: true },
  ): Promise<ReadableStream<Uint8Array>>;
  performRequest(opts: RestRequest & { expectJson: true }): Promise<RestJson>;
  performRequest(opts: RestRequest): Promise<Uint8Array>;
  defaultNamespace?: string;
  close?(): void;
}

async function play(
  script: readonly ScriptedExchange[],
  run: (rest: Contract) => Promise<void>,
): Promise<void> {
  await using scripted = new ScriptedFetch(script);
  const config = { ...scripted.config, namespace: "default" };
  const { fetch } = scripted;
  await using client = new Client(config, { fieldManager: "op", fetch });
  using rest: Contract = restClient(client);
  await run(rest);
}

Deno.test("restClient() sends method, path, query, headers and each form of body", async () => {
  const body = { data: { a: "é" } };
  const text = JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  const request: ScriptedExchange = {
    method: "PATCH",
    path: `${path}/app`,
    query: { fieldManager: "me" },
    headers: { "content-type": "application/merge-patch+json" },
    body,
    reply: { kind: "ConfigMap" },
  };
  await play([request, request, request], async (rest) => {
    assertEquals(rest.defaultNamespace, "default");
    const bodies = [
      { bodyJson: body },
      { bodyRaw: bytes },
      {
        bodyStream: ReadableStream.from([bytes.slice(0, 15), bytes.slice(15)]),
      },
    ];
    for (const body of bodies) {
      const answer = await rest.performRequest({
        method: "PATCH",
        path: `${path}/app`,
        querystring: new URLSearchParams({ fieldManager: "me" }),
        contentType: "application/merge-patch+json",
        ...body,
        expectJson: true,
      });
      assertEquals(answer, { kind: "ConfigMap" });
    }
  });
});

Deno.test("restClient() reads JSON, bytes, and streams of either", async () => {
  const event = { type: "ADDED", object: { metadata: { name: "a" } } } as const;
  const get = { method: "GET", path } as const;
  await play([
    { ...get, reply: "plain text" },
    { ...get, reply: "plain text" },
    { ...get, query: { watch: "1" }, events: [event, event] },
  ], async (rest) => {
    const bytes = await rest.performRequest({ method: "GET", path });
    assertEquals(new TextDecoder().decode(bytes), "plain text");
    const stream = await rest.performRequest({ ...get, expectStream: true });
    assertEquals(await new Response(stream as BodyInit).text(), "plain text");
    const events = await rest.performRequest({
      ...get,
      querystring: new URLSearchParams({ watch: "1" }),
      expectStream: true,
      expectJson: true,
    });
    assertEquals(await Array.fromAsync(events), [event, event]);
  });
});

Deno.test("restClient() refuses what it cannot do, and sends nothing", async () => {
  await play([], async (rest) => {
    await assertRejects(
      () => rest.performRequest({ method: "HEAD", path }),
      TypeError,
      "HEAD is not supported",
    );
    const bodyRaw = new Uint8Array([0xff]);
    await assertRejects(
      () => rest.performRequest({ method: "POST", path, bodyRaw }),
      TypeError,
    );
  });
});
