import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ConnectionError } from "./connection_error.ts";
import {
  type RawWatchEvent,
  watchBatches,
  type WatchStreamOptions,
} from "./watch_stream.ts";

const encoder = new TextEncoder();

const events = ["é漢😀\u2028", 'a"\\n"\u0085', ""].map((text) => ({
  type: "ADDED",
  object: { text },
}));
const wire = encoder.encode(
  events.map((event) => `${JSON.stringify(event)}\n`).join(""),
);

Deno.test("watchBatches() gives all events of a chunk at once", async () => {
  assertEquals(await batches([wire]), [events]);
});

Deno.test("watchBatches() gives the same events however they are split (F36)", async () => {
  for (let at = 0; at <= wire.length; at++) {
    const chunks = [wire.subarray(0, at), wire.subarray(at)];
    assertEquals((await batches(chunks)).flat(), events, `split at ${at}`);
  }
  const bytes = Array.from(wire, (_, at) => wire.subarray(at, at + 1));
  assertEquals((await batches(bytes)).flat(), events);
});

Deno.test("watchBatches() discards an incomplete last event (F35)", async () => {
  for (let at = 0; at < wire.length; at++) {
    const complete = wire.subarray(0, at).filter((byte) => byte === 10).length;
    assertEquals(
      (await batches([wire.subarray(0, at)])).flat(),
      events.slice(0, complete),
      `cut at ${at}`,
    );
  }
});

Deno.test("watchBatches() passes over blank lines and carriage returns (F37)", async () => {
  const text =
    '\n\r\n{"type":"ADDED","object":1}\r\n\n{"type":"X","object":2}\n\n';
  assertEquals(await batches([encoder.encode(text)]), [[
    { type: "ADDED", object: 1 },
    { type: "X", object: 2 },
  ]]);
  assertEquals(await batches([encoder.encode("\n"), encoder.encode("\n")]), []);
});

Deno.test("watchBatches() gives the events before one it cannot read (F36)", async () => {
  const good = '{"type":"ADDED","object":{}}\n';
  for (
    const bad of [
      encoder.encode('{"type":"ADDED","object":{"token":"canary-1"\n'),
      encoder.encode("null\n"),
      encoder.encode("[]\n"),
      encoder.encode('{"object":{}}\n'),
      encoder.encode('{"type":1,"object":{}}\n'),
      Uint8Array.of(0x22, 0xff, 0x22, 0x0a),
      Uint8Array.of(0x22, 0xf0, 0x9f, 0x22, 0x0a),
    ]
  ) {
    const seen: RawWatchEvent[] = [];
    const error = await assertRejects(async () => {
      const body = ReadableStream.from([encoder.encode(good), bad]);
      for await (const batch of watchBatches(body)) seen.push(...batch);
    }, ConnectionError);
    assertEquals(seen.length, 1);
    assertEquals(error.kind, "other");
    assert(!`${error.message}${error.cause}`.includes("canary"));
  }
});

Deno.test("watchBatches() gives the events before a damaged text in one chunk (F36)", async () => {
  const good = '{"type":"ADDED","object":"\ufffd"}\n';
  const chunk = Uint8Array.of(
    ...encoder.encode(good + good),
    ...encoder.encode('{"type":"ADDED","object":"'),
    0xff,
    ...encoder.encode('"}\n' + good),
  );
  const seen: RawWatchEvent[] = [];
  await assertRejects(async () => {
    for await (const batch of watchBatches(ReadableStream.from([chunk]))) {
      seen.push(...batch);
    }
  }, ConnectionError);
  assertEquals(seen.map(({ object }) => object), ["\ufffd", "\ufffd"]);
});

Deno.test("watchBatches() refuses an event that is too long, and takes a long one (F38)", async () => {
  const long = JSON.stringify({ type: "ADDED", object: "x".repeat(10_000) });
  const chunks = [long, "\n"].map((text) => encoder.encode(text));
  const maxEventBytes = long.length;
  assertEquals((await batches(chunks, { maxEventBytes })).length, 1);
  await assertRejects(
    () => batches(chunks, { maxEventBytes: maxEventBytes - 1 }),
    ConnectionError,
    "longer than",
  );
});

Deno.test("watchBatches() takes linear time for an event in many chunks (F38)", async () => {
  const line = encoder.encode(
    `{"type":"ADDED","object":"${"x".repeat(8 * 1024 * 1024)}"}\n`,
  );
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < line.length; at += 1024) {
    chunks.push(line.subarray(at, at + 1024));
  }
  const start = performance.now();
  assertEquals((await batches(chunks)).length, 1);
  assert(performance.now() - start < 2_000);
});

Deno.test("watchBatches() notices silence, and only silence (F06)", async () => {
  const clock = new FakeClock();
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      source = controller;
    },
    cancel: () => {
      cancelled = true;
    },
  });
  const iterator = watchBatches(body, { clock, idleTimeout: 100 });
  for (let i = 0; i < 5; i++) {
    const next = iterator.next();
    await clock.advance(99);
    source?.enqueue(wire);
    assertEquals((await next).value, events);
  }
  const last = assertRejects(() => iterator.next(), ConnectionError);
  await clock.advance(99);
  assertEquals(cancelled, false);
  await clock.advance(1);
  assertEquals((await last).kind, "timeout");
  assertEquals([cancelled, clock.pending], [true, 0]);
});

Deno.test("watchBatches() drops what comes after it has given up (F07)", async () => {
  const clock = new FakeClock();
  // Ends its last read with events, as a connection that comes back to life.
  const late = Promise.withResolvers<ReadableStreamReadResult<Uint8Array>>();
  const reader = {
    read: () => late.promise,
    cancel: () => {
      late.resolve({ done: false, value: wire });
      return Promise.resolve();
    },
  };
  const body = { getReader: () => reader };
  const iterator = watchBatches(
    body as unknown as ReadableStream<Uint8Array>, // all that is used of it
    { clock, idleTimeout: 100 },
  );
  const next = assertRejects(() => iterator.next(), ConnectionError, "silent");
  await clock.advance(100);
  await next;
});

Deno.test("watchBatches() cancels the body when the loop is left", async () => {
  const clock = new FakeClock();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(wire),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of watchBatches(body, { clock, idleTimeout: 100 })) break;
  assertEquals([cancelled, clock.pending], [true, 0]);
});

Deno.test("watchBatches() passes on the failure of the body", async () => {
  const failure = new Error("connection lost");
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(failure),
  });
  await assertRejects(() => Array.fromAsync(watchBatches(body)), Error, "lost");
});

async function batches(
  chunks: readonly Uint8Array[],
  options?: WatchStreamOptions,
): Promise<(readonly RawWatchEvent[])[]> {
  return await Array.fromAsync(
    watchBatches(ReadableStream.from(chunks), options),
  );
}
