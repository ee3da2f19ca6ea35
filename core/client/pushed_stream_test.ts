import { assertEquals, assertRejects } from "@std/assert";
import { pushedStream } from "./pushed_stream.ts";

const bytes = new Uint8Array([1]);

Deno.test("pushedStream() ignores what comes after its end", async () => {
  const stream = pushedStream();
  stream.push(bytes);
  stream.close();
  stream.push(bytes);
  stream.fail(new Error("late"));
  stream.close();
  assertEquals(await Array.fromAsync(stream.readable), [bytes]);
});

Deno.test("pushedStream() tells its reader why it broke", async () => {
  const stream = pushedStream();
  stream.fail(new Error("broken"));
  await assertRejects(
    () => stream.readable.getReader().read(),
    Error,
    "broken",
  );
});

Deno.test("pushedStream() drops what nobody reads", async () => {
  let cancelled = 0;
  const stream = pushedStream(() => cancelled++);
  await stream.readable.cancel();
  stream.push(bytes);
  stream.close();
  assertEquals([cancelled, stream.ended], [1, true]);
});
