import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { RawServer, send } from "../../tests/raw_server.ts";
import { ApiError } from "./api_error.ts";
import { ConnectionError } from "./connection_error.ts";
import { bearerToken } from "./credentials.ts";
import { createTransport } from "./transport.ts";

const request = { path: "/stream", protocols: ["v5", "v4"] };

/** Serves WebSockets to those who show a token, and notes what it sees. */
function socketServer(
  talk: (socket: WebSocket) => void,
  token = "good",
): AsyncDisposable & { readonly url: string; readonly seen: string[] } {
  const seen: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const { headers } = request;
      const isUpgrade = headers.get("upgrade") === "websocket";
      seen.push(isUpgrade ? "socket" : "get");
      if (headers.get("authorization") !== `Bearer ${token}`) {
        return Response.json({ kind: "Status", message: "who are you" }, {
          status: 401,
        });
      }
      if (!isUpgrade) {
        return new Response("Upgrade request required", { status: 400 });
      }
      seen.push(headers.get("user-agent") ?? "");
      const { socket, response } = Deno.upgradeWebSocket(request, {
        protocol: "v4",
      });
      socket.binaryType = "arraybuffer";
      talk(socket);
      return response;
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    seen,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function echo(socket: WebSocket): void {
  socket.onmessage = ({ data }) => socket.send(data);
}

Deno.test("connect() opens a WebSocket with the credentials of any request", async () => {
  await using server = socketServer(echo);
  await using transport = createTransport({
    server: server.url,
    credentials: bearerToken("good"),
  });
  await using socket = await transport.connect(request);
  assertEquals(socket.protocol, "v4");
  const writer = socket.writable.getWriter();
  await writer.write(new Uint8Array([1, 2]));
  const { value } = await socket.readable.getReader().read();
  assertEquals(value, new Uint8Array([1, 2]));
  assertEquals(server.seen[0], "socket");
  assert(server.seen[1]?.includes("koprs"), server.seen[1]);
});

Deno.test("connect() renews credentials that the server refuses", async () => {
  await using server = socketServer(echo);
  let token = "old";
  await using transport = createTransport({
    server: server.url,
    credentials: {
      headers: ({ refresh } = {}) => {
        if (refresh === true) token = "good";
        return Promise.resolve({ authorization: `Bearer ${token}` });
      },
    },
  });
  await using socket = await transport.connect(request);
  assertEquals(socket.protocol, "v4");
  assertEquals(server.seen.slice(0, 3), ["socket", "get", "socket"]);
});

Deno.test("connect() says what the server says when it refuses", async () => {
  await using server = socketServer(echo);
  await using transport = createTransport({
    server: server.url,
    credentials: bearerToken("bad"),
  });
  const { code } = await assertRejects(
    () => transport.connect(request),
    ApiError,
    "Cannot GET /stream: who are you",
  );
  assertEquals(code, 401);
});

Deno.test("connect() says so when a server refuses WebSockets alone", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ headers }) =>
      headers.has("upgrade")
        ? new Response(null, { status: 502 })
        : new Response("Upgrade request required", { status: 400 }),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  await using transport = createTransport({ server: url });
  await assertRejects(
    () => transport.connect(request),
    ConnectionError,
    `Cannot reach ${url}: it refused a WebSocket with 502`,
  );
});

Deno.test("connect() reports a refused connection", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  listener.close();
  await using transport = createTransport({ server: url });
  const { kind } = await assertRejects(
    () => transport.connect(request),
    ConnectionError,
    `Cannot reach ${url}: connection refused`,
  );
  assertEquals(kind, "refused");
});

Deno.test("connect() gives up after its timeout, which an open connection has not", async () => {
  const clock = new FakeClock();
  await using silent = new RawServer(async (connection) => {
    await connection.read(new Uint8Array(1));
    return true;
  });
  await using transport = createTransport({ server: silent.url }, { clock });
  const connecting = assertRejects(
    () => transport.connect({ ...request, timeout: 1_000 }),
    ConnectionError,
    "no complete answer within 1000 ms",
  );
  await clock.advance(1_000);
  await connecting;

  await using server = socketServer(echo);
  await using other = createTransport({
    server: server.url,
    credentials: bearerToken("good"),
  }, { clock });
  await using socket = await other.connect({ ...request, timeout: 1_000 });
  await clock.advance(60_000);
  await socket.writable.getWriter().write(new Uint8Array([1]));
  assertEquals((await socket.readable.getReader().read()).done, false);
});

Deno.test("connect() ends with the signal, before and after the start", async () => {
  await using server = socketServer(echo);
  await using transport = createTransport({
    server: server.url,
    credentials: bearerToken("good"),
  });
  const enough = new AbortController();
  const { signal } = enough;
  await using socket = await transport.connect({ ...request, signal });
  enough.abort(new Error("enough"));
  const reader = socket.readable.getReader();
  await assertRejects(() => reader.read(), Error, "enough");
  await assertRejects(
    () => socket.writable.getWriter().write(new Uint8Array([1])),
    ConnectionError,
    "the connection is closed",
  );
  await assertRejects(
    () => transport.connect({ ...request, signal }),
    Error,
    "enough",
  );
});

Deno.test("connect() tells a good end from a broken one", async () => {
  for (const [code, kind] of [[1000, undefined], [1011, "reset"]] as const) {
    await using server = socketServer((socket) => {
      socket.onopen = () => socket.close(code);
    });
    await using transport = createTransport({
      server: server.url,
      credentials: bearerToken("good"),
    });
    await using socket = await transport.connect(request);
    const read = socket.readable.getReader().read();
    if (kind === undefined) assertEquals((await read).done, true);
    else {assertEquals(
        (await assertRejects(() => read, ConnectionError)).kind,
        kind,
      );}
  }
});

Deno.test("connect() loses its connections when the transport is disposed of", async () => {
  await using server = socketServer(echo);
  const transport = createTransport({
    server: server.url,
    credentials: bearerToken("good"),
  });
  const socket = await transport.connect(request);
  await transport[Symbol.asyncDispose]();
  await assertRejects(
    () => socket.readable.getReader().read(),
    ConnectionError,
    "the client is closed",
  );
  await socket.closed;
});

Deno.test("connect() reports a server that does not speak HTTP", async () => {
  await using server = new RawServer(async (connection) => {
    await send(connection, "SSH-2.0\r\n\r\n");
    return true;
  });
  await using transport = createTransport({ server: server.url });
  await assertRejects(() => transport.connect(request), ConnectionError);
});
