import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import {
  authority,
  expiredServerCert,
  misnamedServerCert,
  otherAuthority,
  otherServerCert,
  serverCert,
} from "../../tests/tls/certificates_data.ts";
import { serveTls } from "../../tests/tls/tls_server.ts";
import { RawServer } from "../../tests/raw_server.ts";
import type { ClientConfig, TlsConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import {
  ConnectionError,
  type ConnectionErrorKind,
} from "./connection_error.ts";
import { createTransport } from "./transport.ts";

const get = { method: "GET", path: "/version" } as const;
const skip: TlsConfig = { insecureSkipVerify: true };

async function read(config: ClientConfig): Promise<string> {
  await using transport = createTransport(config);
  return (await transport.request({ ...get, query: { token: "canary" } })).text;
}

Deno.test("request() takes any server when it shall skip the check", async () => {
  for (const cert of [otherServerCert, expiredServerCert, misnamedServerCert]) {
    await using server = serveTls(cert);
    assertEquals(await read({ server: server.url, tls: skip }), "ok");
  }
});

Deno.test("request() checks the server for the name it is told", async () => {
  const caCerts = [authority];
  const cases: readonly (readonly [string, TlsConfig, string?])[] = [
    [misnamedServerCert, { caCerts, serverName: "other.test" }],
    [misnamedServerCert, { caCerts, serverName: "x" }, "for another name"],
    [serverCert, { caCerts, serverName: "127.0.0.2" }, "for another name"],
    [
      otherServerCert,
      { caCerts, serverName: "localhost" },
      "no trusted authority",
    ],
    [misnamedServerCert, { serverName: "other.test" }, "no trusted authority"],
    [
      expiredServerCert,
      { caCerts, serverName: "localhost" },
      "or it has expired",
    ],
  ];
  for (const [cert, tls, text] of cases) {
    await using server = serveTls(cert);
    const answer = read({ server: server.url, tls });
    if (text === undefined) {
      assertEquals(await answer, "ok");
      continue;
    }
    const { kind } = await assertRejects(() => answer, ConnectionError, text);
    assertEquals([kind, server.requests], ["tls", 0]);
  }
});

Deno.test("request() checks a server by name for the address it is told", async () => {
  await using server = serveTls(serverCert);
  const url = server.url.replace("127.0.0.1", "localhost");
  const tls = { caCerts: [authority], serverName: "127.0.0.1" };
  assertEquals(await read({ server: url, tls }), "ok");
});

Deno.test("request() sends all there is to send past the check", async () => {
  const seen: unknown[] = [];
  await using server = serveTls(otherServerCert, async (request) => {
    const { method, url, headers } = request;
    seen.push([
      method,
      new URL(url).pathname,
      ...["host", "authorization", "impersonate-group", "content-type"].map(
        (name) => headers.get(name),
      ),
      await request.text(),
    ]);
    return method === "PUT"
      ? new Response(null, { status: 204 })
      : new Response("done");
  });
  await using transport = createTransport({
    server: server.url,
    tls: skip,
    credentials: {
      headers: () => Promise.resolve({ authorization: "Bearer abc" }),
    },
    impersonate: { user: "jane", groups: ["a", "b"] },
  });
  const methods = ["POST", "PUT", "PATCH", "DELETE"] as const;
  for (const method of methods) {
    await transport.request({ method, path: "/api", body: '"é"' });
  }
  const { host } = new URL(server.url);
  const type = "application/json";
  assertEquals(
    seen,
    methods.map((
      method,
    ) => [method, "/api", host, "Bearer abc", "a, b", type, '"é"']),
  );
  assert(server.connections < methods.length, `${server.connections}`);
});

Deno.test("stream() hands on what comes and ends with its signal, past the check", async () => {
  const ended = Promise.withResolvers<void>();
  await using server = serveTls(otherServerCert, () =>
    new Response(
      new ReadableStream({
        start: (body) => body.enqueue(new TextEncoder().encode("line\n")),
        cancel: () => ended.resolve(),
      }),
    ));
  await using transport = createTransport({ server: server.url, tls: skip });
  const enough = new AbortController();
  const body = await transport.stream({ ...get, signal: enough.signal });
  const reader = body.getReader();
  const { value } = await reader.read();
  assertEquals(new TextDecoder().decode(value), "line\n");
  const reason = new Error("enough");
  enough.abort(reason);
  assertStrictEquals(await assertRejects(() => reader.read()), reason);
  await ended.promise;
});

Deno.test("request() reports failures past the check as it does otherwise", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await using plain = new RawServer(async (connection) => {
    await connection.write(new TextEncoder().encode("SSH-2.0\r\n"));
    return true;
  });
  await using silent = new RawServer(() => Promise.resolve(false));
  await using broken = new RawServer(() => Promise.resolve(true));
  const cases: readonly (readonly [string, ConnectionErrorKind])[] = [
    [`https://127.0.0.1:${port}`, "refused"],
    [plain.url.replace("http:", "https:"), "tls"],
    [silent.url.replace("http:", "https:"), "timeout"],
    [broken.url.replace("http:", "https:"), "reset"],
  ];
  for (const [server, expected] of cases) {
    await using transport = createTransport({ server, tls: skip }, {
      timeout: 200,
    });
    const { kind, message } = await assertRejects(
      () => transport.request({ ...get, query: { token: "canary" } }),
      ConnectionError,
      `Cannot reach ${server}`,
    );
    assertEquals(
      [kind, message.includes("canary")],
      [expected, false],
      message,
    );
  }
});

Deno.test("request() reads the authority again after a failed handshake, for a name too (F24)", async () => {
  await using server = serveTls(otherServerCert);
  const serverName = "localhost";
  await using transport = createTransport({
    server: server.url,
    tls: { caCerts: [authority], serverName },
    reloadTls: () => Promise.resolve({ caCerts: [otherAuthority], serverName }),
  });
  assertEquals((await transport.request(get)).text, "ok");
});

Deno.test({
  name: "request() names the permission that lacks past the check",
  permissions: { net: false },
  fn: async () => {
    await assertRejects(
      () => read({ server: "https://127.0.0.1:6443", tls: skip }),
      ConfigError,
      "start it with --allow-net=127.0.0.1:6443",
    );
  },
});

Deno.test("request() warns once of a server that it does not check", async () => {
  const records: LogRecord[] = [];
  await configure({
    sinks: { memory: (record) => records.push(record) },
    loggers: [
      { category: ["koprs"], sinks: ["memory"], lowestLevel: "warning" },
      { category: ["logtape", "meta"], lowestLevel: "error" },
    ],
  });
  try {
    await using server = serveTls(otherServerCert);
    for (let i = 0; i < 2; i++) await read({ server: server.url, tls: skip });
    assertEquals(records.length, 1);
    const [{ category, level, properties }] = records as [LogRecord];
    assertEquals([category, level], [["koprs", "client"], "warning"]);
    assert(Object.values(properties).includes(server.url));
  } finally {
    await reset();
  }
});
