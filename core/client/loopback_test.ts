import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { RawServer, send } from "../../tests/raw_server.ts";
import { ApiError } from "./api_error.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError } from "./connection_error.ts";
import { createTransport } from "./transport.ts";
import { watchBatches } from "./watch_stream.ts";

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
  for (const broken of ["", "HTTP/1.1 200 OK\r\n", `${head}ab`]) {
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
  await using server = serve(() =>
    new Response(compressed ?? null, {
      headers: { "content-encoding": "gzip" },
    })
  );
  await using transport = createTransport({ server: server.url });
  assertEquals((await transport.request(get)).text.length, 400_000);
});

Deno.test("request() takes many warnings (F27)", async () => {
  const headers = new Headers();
  for (let i = 0; i < 200; i++) {
    headers.append("warning", `299 - "unknown field \\"spec.field${i}\\""`);
  }
  await using server = serve(() => new Response("ok", { headers }));
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

Deno.test("stream() goes on after its timeout, until it is cancelled", async () => {
  const cancelled = Promise.withResolvers<void>();
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  await using server = serve(() =>
    new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          source = controller;
          controller.enqueue(new Uint8Array([10]));
        },
        cancel: () => cancelled.resolve(),
      }),
    )
  );
  const clock = new FakeClock();
  await using transport = createTransport({ server: server.url }, { clock });
  const batches = watchBatches(await transport.stream(get));
  const next = batches.next();
  await clock.advance(3_600_000);
  source?.enqueue(new TextEncoder().encode('{"type":"ADDED","object":1}\n'));
  assertEquals((await next).value, [{ type: "ADDED", object: 1 }]);
  await batches.return?.();
  await cancelled.promise;
});

Deno.test("stream() rejects with the reason of its caller", async () => {
  const cancelled = Promise.withResolvers<void>();
  await using server = serve(() =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array([10])),
        cancel: () => cancelled.resolve(),
      }),
    )
  );
  await using transport = createTransport({ server: server.url });
  const controller = new AbortController();
  const reason = new Error("enough");
  const body = await transport.stream({ ...get, signal: controller.signal });
  const failure = assertRejects(() => Array.fromAsync(watchBatches(body)));
  controller.abort(reason);
  assertStrictEquals(await failure, reason);
  await cancelled.promise;
});

Deno.test("stream() ends with the transport", async () => {
  await using server = serve(() =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array([10])),
      }),
    )
  );
  const transport = createTransport({ server: server.url });
  const body = await transport.stream(get);
  const failure = assertRejects(
    () => Array.fromAsync(watchBatches(body)),
    ConnectionError,
    "the client is closed",
  );
  await transport[Symbol.asyncDispose]();
  await failure;
});

Deno.test("stream() reports a connection that breaks, after the events (F35)", async () => {
  await using server = new RawServer(async (connection) => {
    const line = '{"type":"ADDED","object":1}\n';
    await send(
      connection,
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" +
        `${line.length.toString(16)}\r\n${line}\r\nff\r\n{"ty`,
    );
    return true;
  });
  await using transport = createTransport({ server: server.url });
  const seen: unknown[] = [];
  const { kind } = await assertRejects(async () => {
    for await (const batch of watchBatches(await transport.stream(get))) {
      seen.push(...batch);
    }
  }, ConnectionError);
  assertEquals([kind, seen.length], ["reset", 1]);
});

Deno.test("stream() goes on when another failure has replaced the pool", async () => {
  const line = '{"type":"ADDED","object":1}\n';
  const chunk = `${line.length.toString(16)}\r\n${line}\r\n`;
  let first: Deno.TcpConn | undefined;
  await using server = new RawServer(async (connection, index) => {
    if (index > 0) return true;
    first = connection;
    await send(
      connection,
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
    );
    return false;
  });
  await using transport = createTransport({ server: server.url });
  const batches = watchBatches(await transport.stream(get));
  await batches.next();
  await assertRejects(() => transport.stream(get), ConnectionError);
  if (first !== undefined) await send(first, chunk);
  assertEquals((await batches.next()).value, [{ type: "ADDED", object: 1 }]);
  await batches.return?.();
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

Deno.test("stream() does not keep requests waiting", async () => {
  await using server = serve((request) =>
    new URL(request.url).pathname === "/watch"
      ? new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new Uint8Array([10])),
        }),
      )
      : new Response("ok")
  );
  await using transport = createTransport({ server: server.url });
  const bodies = await Promise.all(
    Array.from(
      { length: 120 },
      () => transport.stream({ method: "GET", path: "/watch" }),
    ),
  );
  assertEquals((await transport.request(get)).text, "ok");
  assert(bodies.length === 120);
  await Promise.all(bodies.map((body) => body.cancel()));
});

function serve(
  handler: (request: Request) => Response,
): { url: string } & AsyncDisposable {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    handler,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
