import {
  allow,
  anyKind,
  deny,
  validatingWebhook,
  WebhookServer,
} from "@koprs/koprs/admission";
import { ConfigError, run } from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Registry } from "prom-client";
import { UID } from "./admission_question.ts";
import {
  ALLOWING,
  review,
  ScriptedCertificates,
  startServer,
  testAuthority,
  until,
} from "./admission_server.ts";

const authority = await testAuthority();
const first = await authority.sign();

/** A client that trusts the authority, with a connection for each request. */
function freshClient(): Deno.HttpClient {
  return Deno.createHttpClient({
    caCerts: [authority.ca],
    poolMaxIdlePerHost: 0,
  });
}

/** Writes bytes, and reads until the other side closes or a text has come. */
async function talk(
  port: number,
  { text, until }: { readonly text: string; readonly until: string },
): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(text));
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4_096);
  let heard = "";
  while (!heard.includes(until)) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) break;
    heard += decoder.decode(buffer.subarray(0, count));
  }
  return heard;
}

Deno.test("A server: HTTP reviews, and 404 for other paths", async () => {
  await using world = await startServer({ plainHttp: true });
  const { status, response } = await review(world.url);
  assertEquals([status, response], [200, { uid: UID, allowed: true }]);
  const nowhere = await fetch(`${world.url}/nope`);
  assertEquals([nowhere.status, await nowhere.text()], [404, "Not found\n"]);
});

Deno.test("A server: HTTPS reviews, over HTTP/1.1 and HTTP/2", async () => {
  const certificate = new ScriptedCertificates(first);
  await using world = await startServer({ certificate });
  for (const http2 of [true, false]) {
    const http1 = !http2;
    const caCerts = [authority.ca];
    using client = Deno.createHttpClient({ caCerts, http1, http2 });
    const { status, response } = await review(world.url, { client });
    assertEquals([status, response], [200, { uid: UID, allowed: true }]);
  }
});

Deno.test("A health: /healthz, /livez and /readyz on the port of the webhooks", async () => {
  await using world = await startServer({ plainHttp: true });
  for (const path of ["/healthz", "/livez", "/readyz"]) {
    const response = await fetch(`${world.url}${path}`);
    assertEquals([response.status, await response.text()], [200, "ok\n"]);
  }
});

Deno.test("A health: on another port, by run()", async () => {
  using probe = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = probe.addr;
  probe.close();
  const server = new WebhookServer([ALLOWING], {
    port: 0,
    hostname: "127.0.0.1",
    plainHttp: true,
    drainDelay: 0,
  });
  const stop = new AbortController();
  const running = run([server], {
    probes: { port, hostname: "127.0.0.1" },
    signal: stop.signal,
    signals: false,
    logging: false,
  });
  await until(() => Promise.resolve(server.ready()));
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  assertEquals([response.status, await response.text()], [200, "ok\n"]);
  stop.abort();
  assertEquals((await running).reason, "aborted");
});

Deno.test("A server: a busy port and a missing file are told in a sentence", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const options = { hostname: "127.0.0.1", port: taken.addr.port };
  const signal = new AbortController().signal;
  await assertRejects(
    () =>
      new WebhookServer([], { ...options, plainHttp: true }).run({ signal }),
    ConfigError,
    "is in use",
  );
  const files = { certFile: "/nowhere/tls.crt", keyFile: "/nowhere/tls.key" };
  await assertRejects(
    () => new WebhookServer([], { ...options, ...files }).run({ signal }),
    ConfigError,
    'Cannot read "/nowhere/tls.crt"',
  );
});

Deno.test("WebhookServer counts requests, denials and latency", async () => {
  const registry = new Registry();
  const denying = validatingWebhook(anyKind, () => deny("no"), {
    path: "/deny",
  });
  await using world = await startServer({ plainHttp: true, registry }, [
    ALLOWING,
    denying,
  ]);
  const denials = async (path: string): Promise<number> => {
    const text = await registry.metrics();
    const line = `koprs_webhook_denials_total{webhook="${path}"} `;
    return Number(text.split(line)[1]?.split("\n")[0] ?? 0);
  };
  const [before, allowed] = [
    await denials("/deny"),
    await denials("/validate"),
  ];
  await review(world.url);
  await review(world.url, { path: "/deny" });
  assertEquals(await denials("/deny"), before + 1);
  assertEquals(await denials("/validate"), allowed);
  const text = await registry.metrics();
  assert(
    text.includes(
      'controller_runtime_webhook_requests_total{webhook="/validate",code="200"}',
    ),
    text,
  );
  assert(
    text.includes(
      'controller_runtime_webhook_latency_seconds_count{webhook="/validate"}',
    ),
  );
  assert(
    text.includes(
      'controller_runtime_webhook_requests_in_flight{webhook="/validate"} 0',
    ),
  );
});

Deno.test("F124 a body that says it is too large is 413 over a socket", async () => {
  await using world = await startServer({ plainHttp: true });
  const heard = await talk(world.server.address.port, {
    text: "POST /validate HTTP/1.1\r\nhost: a\r\n" +
      "content-type: application/json\r\ncontent-length: 99999999\r\n\r\n{",
    until: "too large\n",
  });
  assert(heard.startsWith("HTTP/1.1 413"), heard);
});

Deno.test("F135 a thousand connections with slow headers do not hurt a good one", async () => {
  await using world = await startServer({ plainHttp: true });
  const { port } = world.server.address;
  await using slow = new AsyncDisposableStack();
  const partial = new TextEncoder().encode("POST /validate HTTP/1.1\r\nhos");
  for (let index = 0; index < 1_000; index++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    slow.defer(() => connection.close());
    await connection.write(partial);
  }
  // How long they take beside slow ones: `deno task bench:webhook`.
  for (let index = 0; index < 50; index++) {
    assertEquals((await review(world.url)).status, 200);
  }
  await slow.disposeAsync();
});

Deno.test("F136 a slow body is 408, and others are answered meanwhile", async () => {
  await using world = await startServer({ plainHttp: true, bodyTimeout: 200 });
  const heard = talk(world.server.address.port, {
    text: "POST /validate HTTP/1.1\r\nhost: a\r\n" +
      "content-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    until: "too long\n",
  });
  assertEquals((await review(world.url)).status, 200);
  assert((await heard).startsWith("HTTP/1.1 408"), await heard);
});

Deno.test("F137 a thousand silent connections and garbage on the TLS port hurt nobody", async () => {
  const certificate = new ScriptedCertificates(first);
  await using world = await startServer({ certificate });
  const { port } = world.server.address;
  await using silent = new AsyncDisposableStack();
  for (let index = 0; index < 1_000; index++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    silent.defer(() => connection.close());
    if (index % 2 === 0) continue;
    const garbage = crypto.getRandomValues(new Uint8Array(100));
    await connection.write(garbage).catch(() => {});
  }
  using client = freshClient();
  assertEquals((await review(world.url, { client })).status, 200);
  await silent.disposeAsync();
});

Deno.test("F141 requests in progress are finished, and those that come meanwhile", async () => {
  const gate = Promise.withResolvers<void>();
  const webhook = validatingWebhook(anyKind, async () => {
    await gate.promise;
    return allow();
  });
  const world = await startServer({ plainHttp: true, drainDelay: 300 }, [
    webhook,
  ]);
  const asked = Array.from({ length: 50 }, () => review(world.url));
  await until(() => Promise.resolve(true));
  const stopped = world[Symbol.asyncDispose]();
  assertEquals(world.server.ready(), true);
  await until(() => Promise.resolve(!world.server.ready()));
  const ready = await fetch(`${world.url}/readyz`);
  assertEquals(ready.status, 503);
  await ready.body?.cancel();
  asked.push(review(world.url));
  gate.resolve();
  for (const { status } of await Promise.all(asked)) assertEquals(status, 200);
  await stopped;
});
