import { assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { type PushedStream, pushedStream } from "./pushed_stream.ts";
import { type FarSide, type NearSide, relay } from "./relay.ts";

/** Both ends of a relay, and what happened to them. */
interface Ends {
  readonly near: NearSide;
  readonly far: FarSide;
  /** What the near side sends. */
  readonly fromNear: PushedStream;
  /** What the far side sends. */
  readonly fromFar: PushedStream;
  /** What happened, in order. */
  readonly seen: string[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function ends(): Ends {
  const seen: string[] = [];
  const [fromNear, fromFar] = [pushedStream(), pushedStream()];
  const reader = fromNear.readable.getReader();
  return {
    fromNear,
    fromFar,
    seen,
    near: {
      async read(buffer) {
        const { value } = await reader.read();
        if (value === undefined) return null;
        buffer.set(value);
        return value.length;
      },
      // One byte at a time, as a slow peer may take them.
      write(data) {
        seen.push(`near ${decoder.decode(data.subarray(0, 1))}`);
        return Promise.resolve(1);
      },
      close() {
        seen.push("near closed");
        fromNear.fail(new Error("closed"));
      },
    },
    far: {
      readable: fromFar.readable,
      writable: new WritableStream({
        write: (data) => void seen.push(`far ${decoder.decode(data)}`),
      }),
      [Symbol.asyncDispose]() {
        seen.push("far closed");
        fromFar.close();
        return Promise.resolve();
      },
    },
  };
}

Deno.test("relay() copies both ways until the far side ends", async () => {
  const clock = new FakeClock();
  const { near, far, fromNear, fromFar, seen } = ends();
  const relaying = relay(near, far, { clock });
  fromNear.push(encoder.encode("ask"));
  await clock.advance(0);
  fromFar.push(encoder.encode("ok"));
  fromFar.close();
  await relaying;
  assertEquals(seen, [
    "far ask",
    "near o",
    "near k",
    "near closed",
    "far closed",
  ]);
  assertEquals(clock.pending, 0);
});

Deno.test("relay() waits for a last answer when the near side has ended", async () => {
  const clock = new FakeClock();
  const { near, far, fromNear, fromFar, seen } = ends();
  const relaying = relay(near, far, { clock, linger: 5_000 });
  fromNear.close();
  await clock.advance(4_000);
  fromFar.push(encoder.encode("a"));
  await clock.advance(4_000);
  fromFar.push(encoder.encode("b"));
  await clock.advance(4_999);
  assertEquals(seen, ["near a", "near b"]);
  await clock.advance(1);
  await relaying;
  assertEquals(seen, ["near a", "near b", "near closed", "far closed"]);
  assertEquals(clock.pending, 0);
});

Deno.test("relay() ends quietly when the near side breaks", async () => {
  const clock = new FakeClock();
  const { near, far, fromNear, seen } = ends();
  fromNear.fail(new Error("reset"));
  await relay(near, far, { clock });
  assertEquals(seen, ["near closed", "far closed"]);
  assertEquals(clock.pending, 0);
});

Deno.test("relay() ends quietly when the near side takes no more", async () => {
  const clock = new FakeClock();
  const { near, far, fromFar, seen } = ends();
  fromFar.push(encoder.encode("a"));
  const write = () => Promise.reject(new Deno.errors.BrokenPipe());
  await relay({ ...near, write }, far, { clock });
  assertEquals(seen, ["near closed", "far closed"]);
});

Deno.test("relay() rejects when the far side breaks", async () => {
  const clock = new FakeClock();
  const { near, far, fromFar, seen } = ends();
  fromFar.fail(new Error("refused"));
  await assertRejects(() => relay(near, far, { clock }), Error, "refused");
  assertEquals(seen, ["near closed", "far closed"]);
});
