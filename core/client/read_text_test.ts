import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConnectionError } from "./connection_error.ts";
import { readText } from "./read_text.ts";

const limits = { maxSize: 4, origin: "https://10.0.0.1" };

function streamed(...parts: readonly string[]): Response {
  const encoder = new TextEncoder();
  const bytes = parts.map((part) => encoder.encode(part));
  return new Response(ReadableStream.from(bytes));
}

Deno.test("readText() reads what fits, a character in two parts too", async () => {
  const halves = [[0x61, 0xc3], [0xa9]].map((part) => new Uint8Array(part));
  for (
    const [response, text] of [
      [new Response(null), ""],
      [new Response("four"), "four"],
      [streamed("fo", "ur"), "four"],
      [streamed(), ""],
      [new Response(ReadableStream.from(halves)), "a\u00e9"],
    ] as const
  ) assertEquals(await readText(response, limits), text);
});

Deno.test("readText() cancels what is too large, as soon as it is known", async () => {
  const long = { headers: { "content-length": "5" } };
  for (
    const [parts, expected, init] of [
      [["fo", "ur+", "more"], 2, {}],
      [["four"], 0, long],
    ] as const
  ) {
    let pulled = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) =>
        controller.enqueue(new TextEncoder().encode(parts[pulled++])),
      cancel: () => {
        cancelled = true;
      },
    }, { highWaterMark: 0 });
    await assertRejects(
      () => readText(new Response(body, init), limits),
      ConnectionError,
      "larger than 4 bytes",
    );
    assert(cancelled);
    assertEquals(pulled, expected);
  }
});
