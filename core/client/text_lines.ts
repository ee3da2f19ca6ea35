/**
 * Splits a stream of UTF-8 bytes into lines; leaving the loop cancels it.
 *
 * Lines end at `\n` alone, since programs draw with `\r`.
 *
 * @example Split a stream
 * ```ts
 * import { textLines } from "./text_lines.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { body } = new Response("one\ntwo");
 * assertEquals(await Array.fromAsync(textLines(body ?? new ReadableStream())), ["one", "two"]);
 * ```
 *
 * @param bytes The stream.
 * @returns The lines, without their ends; an unfinished last one counts.
 */
export async function* textLines(
  bytes: ReadableStream<Uint8Array>,
): AsyncIterableIterator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest: string[] = []; // Joined once, so that long lines cost little.
  for await (const chunk of bytes) {
    const [first = "", ...others] = decoder.decode(chunk, { stream: true })
      .split("\n");
    rest.push(first);
    for (const next of others) {
      yield rest.join("");
      rest = [next];
    }
  }
  const last = rest.join("") + decoder.decode();
  if (last !== "") yield last;
}
