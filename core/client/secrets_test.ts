import { assert, assertRejects } from "@std/assert";
import { RawServer, send } from "../../tests/raw_server.ts";
import {
  authority,
  clientCert,
  clientKey,
  serverCert,
  serverKey,
} from "../../tests/tls/certificates_data.ts";
import { serveTls } from "../../tests/tls/tls_server.ts";
import type { ClientConfig } from "./config.ts";
import { bearerToken } from "./credentials.ts";
import { createTransport } from "./transport.ts";
import { watchBatches } from "./watch_stream.ts";

const canary = "canary/5f2b8c1d+9e7a4f60";
const forms = [
  "5f2b8c1d",
  btoa(canary),
  btoa(`me:${canary}`),
  clientKey.split("\n")[1] ?? "",
  clientCert.split("\n")[1] ?? "",
];

const request = {
  method: "POST",
  path: "/api/v1/namespaces/default/secrets",
  query: { labelSelector: canary },
  body: JSON.stringify({ data: { key: canary } }),
  timeout: 20,
} as const;
const credentials = bearerToken(canary);

Deno.test("request() keeps tokens, bodies and queries out of errors", async () => {
  const answers: readonly (readonly [string, boolean])[] = [
    ["", true], // broken
    ["", false], // silent
    ["nonsense\r\n\r\n", true],
    ["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", true],
    [
      `HTTP/1.1 307 x\r\nlocation: /?${canary}\r\ncontent-length: 0\r\n\r\n`,
      true,
    ],
    ["HTTP/1.1 401 x\r\ncontent-length: 2\r\n\r\nno", true],
    ["HTTP/1.1 422 x\r\ncontent-length: 2\r\n\r\nno", true],
    ["HTTP/1.1 500 x\r\ncontent-length: 2\r\n\r\nno", true],
  ];
  for (const [answer, end] of answers) {
    await using server = new RawServer(async (connection) => {
      await send(connection, answer);
      return end;
    });
    await expectNoSecret({ server: server.url, credentials });
  }
});

Deno.test("request() keeps secrets of connections out of errors", async () => {
  await using closed = new RawServer(() => Promise.resolve(true));
  const server = closed.url;
  await expectNoSecret({ server: "http://127.0.0.1:9", credentials });
  await expectNoSecret({ server, proxyUrl: `http://me:${canary}@127.0.0.1:9` });
  await expectNoSecret({ server, proxyUrl: `nonsense://${canary}` });
  await expectNoSecret({ server, impersonate: { user: `a\n${canary}` } });
  const broken = { headers: () => Promise.resolve({ a: `b\n${canary}` }) };
  await expectNoSecret({ server, credentials: broken });
  await using tls = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    cert: serverCert,
    key: serverKey,
    onListen() {},
  }, () => new Response("ok"));
  await expectNoSecret({
    server: `https://127.0.0.1:${tls.addr.port}`,
    tls: { cert: clientCert, key: clientKey },
    credentials,
  });
  for (const key of [`${clientKey}${canary}`.slice(60), canary]) {
    await expectNoSecret({ server, tls: { cert: clientCert, key } });
  }
});

Deno.test("request() keeps secrets out of errors past the check of the server, too", async () => {
  await using server = serveTls(
    serverCert,
    () => new Response("no", { status: 500 }),
  );
  const at = {
    server: server.url,
    tls: { insecureSkipVerify: true },
    credentials,
  };
  const broken = { headers: () => Promise.resolve({ a: `b\n${canary}` }) };
  for (
    const config of [
      at,
      { ...at, tls: { caCerts: [authority], serverName: "x" } },
      { ...at, tls: { ...at.tls, cert: clientCert, key: canary } },
      { ...at, server: "https://127.0.0.1:9" },
      { ...at, proxyUrl: `http://me:${canary}@127.0.0.1:9` },
      { ...at, proxyUrl: `socks5://me:${canary}@127.0.0.1:9` },
      { ...at, impersonate: { user: `a\n${canary}` } },
      { ...at, credentials: broken },
    ]
  ) await expectNoSecret(config);
});

Deno.test("watchBatches() keeps objects out of errors", async () => {
  const line = `{"type":"ADDED","object":{"data":"${canary}"}`;
  const body = ReadableStream.from([new TextEncoder().encode(`${line}\n`)]);
  expectNone(await assertRejects(() => Array.fromAsync(watchBatches(body))));
});

async function expectNoSecret(config: ClientConfig): Promise<void> {
  await using transport = createTransport(config);
  expectNone(await assertRejects(() => transport.request(request)));
}

/** Looks at message, stack, members and causes. */
function expectNone(error: unknown): void {
  const text = Deno.inspect(error, { depth: 100, showHidden: true });
  for (const form of forms) {
    assert(
      !text.includes(form) && !text.includes(encodeURIComponent(form)),
      text,
    );
  }
}
