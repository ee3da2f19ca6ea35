import { assertEquals } from "@std/assert";
import { textLines } from "./text_lines.ts";

const encoder = new TextEncoder();

/** A stream of these bytes, chunk by chunk. */
function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks);
}

Deno.test("textLines() splits at line feeds, wherever chunks end", async () => {
  const cases: readonly (readonly [string, string[]])[] = [
    ["", []],
    ["\n", [""]],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\n\nb", ["a", "", "b"]],
    ["10%\r20%\r\n", ["10%\r20%\r"]],
    ["\uFEFFä\n🦕\n", ["\uFEFFä", "🦕"]],
  ];
  for (const [text, expected] of cases) {
    const bytes = encoder.encode(text);
    const single = Array.from(bytes, (byte) => new Uint8Array([byte]));
    assertEquals(await Array.fromAsync(textLines(streamOf(single))), expected);
    assertEquals(await Array.fromAsync(textLines(streamOf([bytes]))), expected);
  }
});

Deno.test("textLines() shows characters that were cut off", async () => {
  const cut = encoder.encode("aä").subarray(0, 2);
  assertEquals(await Array.fromAsync(textLines(streamOf([cut]))), ["a\uFFFD"]);
});

Deno.test("textLines() cancels the stream when the loop is left", async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(encoder.encode("line\n")),
    cancel() {
      cancelled = true;
    },
  });
  for await (const line of textLines(stream)) {
    assertEquals(line, "line");
    break;
  }
  assertEquals(cancelled, true);
});
