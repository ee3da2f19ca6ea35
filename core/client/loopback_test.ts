import { assert, assertEquals, assertRejects } from "@std/assert";
import { serveLoopback } from "../../tests/loopback_server.ts";
import { RawServer, send } from "../../tests/raw_server.ts";
import { ApiError } from "./api_error.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError } from "./connection_error.ts";
import { createTransport } from "./transport.ts";

const get = { method: "GET", path: "/version" } as const;
const head = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n";

Deno.test("request() reports a refused connection (F01)", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const server = `http://127.0.0.1:${port}`;
  await using transport = createTransport({ server });
  const { kind, message } = await assertRejects(
    () => transport.request({ ...get, query: { token: "canary" } }),
    ConnectionError,
  );
  assertEquals([kind, message], [
    "refused",
    `Cannot reach ${server}: connection refused`,
  ]);
});

Deno.test("request() sends a GET again when the connection breaks (F03, F16)", async () => {
  const whole = `${head}done`;
  for (let size = 0; size < whole.length; size++) {
    const broken = whole.slice(0, size);
    await using server = new RawServer(async (connection, index) => {
      await send(connection, index === 0 ? broken : `${head}done`);
      return true;
    });
    await using transport = createTransport({ server: server.url });
    assertEquals((await transport.request(get)).text, "done");
    assertEquals(server.connections, 2);
  }
});

Deno.test("request() sends a GET again over a fresh connection (F04)", async () => {
  // Answers one request for each connection, and says it would take more.
  await using server = new RawServer(async (connection, index) => {
    await send(connection, `${head}done`);
    if (index > 0) return true;
    await connection.read(new Uint8Array(65_536)); // the second request
    return true;
  });
  await using transport = createTransport({ server: server.url });
  for (let i = 0; i < 2; i++) {
    assertEquals((await transport.request(get)).text, "done");
  }
  assertEquals(server.connections, 2);
});

Deno.test("request() does not send a write again when the connection breaks (F03, F28)", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const) {
    await using server = new RawServer(() => Promise.resolve(true));
    await using transport = createTransport({ server: server.url });
    const { kind } = await assertRejects(
      () => transport.request({ method, path: "/api", body: "{}" }),
      ConnectionError,
    );
    assertEquals([kind, server.connections], ["reset", 1]);
  }
});

Deno.test("request() ends when the answer stays away or stops (F05, F18)", async () => {
  for (const part of ["", head, `${head}ab`]) {
    await using server = new RawServer(async (connection) => {
      await send(connection, part);
      return false;
    });
    await using transport = createTransport({ server: server.url });
    const { kind } = await assertRejects(
      () => transport.request({ ...get, timeout: 20 }),
      ConnectionError,
      "within 20 ms",
    );
    assertEquals(kind, "timeout");
  }
});

Deno.test("request() reports a server that does not talk HTTP", async () => {
  await using server = new RawServer(async (connection) => {
    await send(connection, "SSH-2.0-OpenSSH\r\n");
    return true;
  });
  await using transport = createTransport({ server: server.url });
  await assertRejects(
    () => transport.request(get),
    ConnectionError,
    "it does not answer in HTTP",
  );
});

Deno.test("request() reports a refusal that breaks off (F15)", async () => {
  await using server = new RawServer(async (connection) => {
    await send(connection, "HTTP/1.1 500 x\r\ncontent-length: 99\r\n\r\nhalf");
    return true;
  });
  await using transport = createTransport({ server: server.url });
  const { code } = await assertRejects(() => transport.request(get), ApiError);
  assertEquals([code, server.connections], [500, 1]);
});

Deno.test("request() follows no redirect (F25)", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    await using other = new RawServer(() => Promise.resolve(true));
    await using server = new RawServer(async (connection) => {
      await send(
        connection,
        `HTTP/1.1 ${status} x\r\nlocation: ${other.url}\r\n` +
          `content-length: 0\r\n\r\n`,
      );
      return true;
    });
    await using transport = createTransport({
      server: server.url,
      credentials: {
        headers: () => Promise.resolve({ authorization: "Bearer canary" }),
      },
    });
    const { code } = await assertRejects(
      () => transport.request(get),
      ApiError,
      "redirects",
    );
    assertEquals([code, other.connections], [status, 0]);
  }
});

Deno.test("request() decodes compressed answers (F26)", async () => {
  const compressed = new Response("text".repeat(100_000)).body
    ?.pipeThrough(new CompressionStream("gzip"));
  await using server = serveLoopback(() =>
    new Response(compressed ?? null, {
      headers: { "content-encoding": "gzip" },
    })
  );
  await using transport = createTransport({ server: server.url });
  assertEquals((await transport.request(get)).text.length, 400_000);
});

Deno.test("request() stops at a decompressed size, and says what to do (F26)", async () => {
  const zeros = new Blob([new Uint8Array(4_000_000)]).stream();
  const bomb = await new Response(
    zeros.pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  assert(bomb.length < 10_000);
  await using server = serveLoopback(() =>
    new Response(bomb, { headers: { "content-encoding": "gzip" } })
  );
  await using transport = createTransport({ server: server.url }, {
    maxResponseSize: 1_000_000,
  });
  await assertRejects(
    () => transport.request(get),
    ConnectionError,
    `Cannot read the answer of ${server.url}: it is larger than 1000000 ` +
      `bytes, ask for less at once or raise maxResponseSize`,
  );
});

Deno.test("request() takes many warnings (F27)", async () => {
  const headers = new Headers();
  for (let i = 0; i < 200; i++) {
    headers.append("warning", `299 - "unknown field \\"spec.field${i}\\""`);
  }
  await using server = serveLoopback(() => new Response("ok", { headers }));
  await using transport = createTransport({ server: server.url });
  assertEquals((await transport.request(get)).text, "ok");
});

Deno.test("request() sends impersonated groups one by one", async () => {
  await using server = new RawServer(async (connection) => {
    await send(connection, `${head}done`);
    return true;
  });
  await using transport = createTransport({
    server: server.url,
    impersonate: { user: "jane", groups: ["a", "b"] },
  });
  await transport.request(get);
  const lines = server.received[0]?.split("\r\n") ?? [];
  assertEquals(lines.filter((line) => line.startsWith("impersonate-")), [
    "impersonate-user: jane",
    "impersonate-group: a",
    "impersonate-group: b",
  ]);
});

Deno.test({
  name: "request() names the permission that is missing",
  permissions: { net: false },
  fn: async () => {
    for (
      const [server, flag] of [
        ["https://kubernetes.default.svc", "kubernetes.default.svc:443"],
        ["http://127.0.0.1:8001", "127.0.0.1:8001"],
        ["https://[fd00::1]:6443", "[fd00::1]:6443"],
      ] as const
    ) {
      await using transport = createTransport({ server });
      await assertRejects(
        () => transport.request(get),
        ConfigError,
        `Cannot reach ${server}: Deno lacks a permission, ` +
          `start it with --allow-net=${flag}`,
      );
    }
  },
});

Deno.test("request() goes through a proxy that wants a password", async () => {
  await using proxy = new RawServer(async (connection) => {
    await send(connection, `${head}done`);
    return true;
  });
  await using transport = createTransport({
    server: "http://127.0.0.1:20998",
    proxyUrl: proxy.url.replace("//", "//me:p%40ss@"),
  });
  assertEquals((await transport.request(get)).text, "done");
  const [line, ...headers] = proxy.received[0]?.split("\r\n") ?? [];
  assertEquals(line, "GET http://127.0.0.1:20998/version HTTP/1.1");
  assert(headers.includes(`proxy-authorization: Basic ${btoa("me:p@ss")}`));
});
