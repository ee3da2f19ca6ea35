import { assertEquals, assertRejects } from "@std/assert";
import {
  authority,
  misnamedServerCert,
  otherServerCert,
} from "../../tests/tls/certificates_data.ts";
import { serveTls, type TlsServer } from "../../tests/tls/tls_server.ts";
import { ApiError } from "./api_error.ts";
import type { TlsConfig } from "./config.ts";
import { ConnectionError } from "./connection_error.ts";
import { bearerToken } from "./credentials.ts";
import { createTransport } from "./transport.ts";

const request = { path: "/exec", protocols: ["v4"] };
const ways: readonly (readonly [string, TlsConfig])[] = [
  [otherServerCert, { insecureSkipVerify: true }],
  [misnamedServerCert, { caCerts: [authority], serverName: "other.test" }],
];

/** Sends back what it gets, to those who show a token. */
function serveEcho(cert: string): TlsServer {
  return serveTls(cert, (request) => {
    if (request.headers.get("authorization") !== "Bearer good") {
      return Response.json({ kind: "Status", message: "who are you" }, {
        status: 401,
      });
    }
    if (!request.headers.has("upgrade")) {
      return new Response("Upgrade request required", { status: 400 });
    }
    const { socket, response } = Deno.upgradeWebSocket(request, {
      protocol: "v4",
    });
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
}

Deno.test("connect() opens a WebSocket past the check of the server", async () => {
  for (const [cert, tls] of ways) {
    await using server = serveEcho(cert);
    await using transport = createTransport({
      server: server.url,
      tls,
      credentials: bearerToken("good"),
    });
    await using socket = await transport.connect(request);
    assertEquals(socket.protocol, "v4");
    const sent = new Uint8Array(70_000).fill(7);
    await socket.writable.getWriter().write(sent);
    const { value } = await socket.readable.getReader().read();
    assertEquals(value, sent);
  }
});

Deno.test("connect() says what the server says when it refuses, past the check", async () => {
  for (const [cert, tls] of ways) {
    await using server = serveEcho(cert);
    await using transport = createTransport({
      server: server.url,
      tls,
      credentials: bearerToken("bad"),
    });
    await assertRejects(
      () => transport.connect(request),
      ApiError,
      "Cannot GET /exec: who are you",
    );
  }
});

Deno.test("connect() checks the server for the name it is told", async () => {
  await using server = serveEcho(misnamedServerCert);
  await using transport = createTransport({
    server: server.url,
    tls: { caCerts: [authority], serverName: "x.test" },
  });
  await assertRejects(
    () => transport.connect(request),
    ConnectionError,
    "for another name",
  );
  assertEquals(server.requests, 0);
});

Deno.test("connect() ends with its signal, past the check", async () => {
  await using server = serveEcho(otherServerCert);
  await using transport = createTransport({
    server: server.url,
    tls: { insecureSkipVerify: true },
    credentials: bearerToken("good"),
  });
  const enough = new AbortController();
  const { signal } = enough;
  await using socket = await transport.connect({ ...request, signal });
  enough.abort(new Error("enough"));
  await assertRejects(
    () => socket.readable.getReader().read(),
    Error,
    "enough",
  );
});
