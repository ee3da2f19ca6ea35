import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { serveLoopback } from "../../tests/loopback_server.ts";
import { RawServer, send } from "../../tests/raw_server.ts";
import { ConnectionError } from "./connection_error.ts";
import { createTransport } from "./transport.ts";
import { watchBatches } from "./watch_stream.ts";

const get = { method: "GET", path: "/version" } as const;

Deno.test("stream() goes on after its timeout, until it is cancelled", async () => {
  const cancelled = Promise.withResolvers<void>();
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  await using server = serveLoopback(() =>
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
  await using server = serveLoopback(() =>
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
  await using server = serveLoopback(() =>
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

Deno.test("stream() does not keep requests waiting", async () => {
  await using server = serveLoopback((request) =>
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
  await Promise.all(bodies.map((body) => body.cancel()));
});
