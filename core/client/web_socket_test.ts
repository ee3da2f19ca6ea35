import { assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { RawServer, send } from "../../tests/raw_server.ts";
import { ConnectionError } from "./connection_error.ts";
import { openSocket, type Socket } from "./web_socket.ts";

/** A server that agrees to a WebSocket, and says nothing more. */
function silentServer(): RawServer {
  const server: RawServer = new RawServer(async (connection, index) => {
    const key = /sec-websocket-key: (.*)\r/i.exec(server.received[index] ?? "")
      ?.[1];
    await send(
      connection,
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n" +
        `connection: Upgrade\r\nsec-websocket-accept: ${await accept(
          key,
        )}\r\n\r\n`,
    );
    return false;
  });
  return server;
}

/** What proves that a server knows WebSockets (RFC 6455, section 1.3). */
async function accept(key = ""): Promise<string> {
  const text = `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const digest = await crypto.subtle.digest(
    "SHA-1",
    new TextEncoder().encode(text),
  );
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

function open(
  url: string,
  options: { readonly clock?: FakeClock; readonly signal?: AbortSignal } = {},
): Promise<Socket> {
  return openSocket(url, {
    protocols: [],
    headers: {},
    origin: url,
    signal: new AbortController().signal,
    ...options,
  });
}

Deno.test("openSocket() lets go of a server that does not answer to the end", async () => {
  const clock = new FakeClock();
  await using server = silentServer();
  const socket = await open(server.url, { clock });
  const read = socket.readable.getReader().read();
  const disposed = socket[Symbol.asyncDispose]();
  await clock.advance(1_000);
  await disposed;
  await socket.closed;
  assertEquals((await read).done, true);
  assertEquals(clock.pending, 0);
});

Deno.test("openSocket() refuses to start when its signal has aborted", async () => {
  await using server = silentServer();
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => open(server.url, { signal }), ConnectionError);
});

Deno.test("openSocket() closes the connection when nobody reads any more", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => Deno.upgradeWebSocket(request).response,
  );
  const socket = await open(`http://127.0.0.1:${server.addr.port}`);
  await socket.readable.cancel();
  await socket.closed;
  await assertRejects(
    () => socket.writable.getWriter().write(new Uint8Array([1])),
    ConnectionError,
    "the connection is closed",
  );
});
