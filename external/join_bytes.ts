/**
 * Joins chunks.
 *
 * @example Join
 * ```ts
 * import { joinBytes } from "./join_bytes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const chunks = [new Uint8Array([1]), new Uint8Array([2, 3])];
 * assertEquals(joinBytes(chunks), new Uint8Array([1, 2, 3]));
 * ```
 *
 * @param chunks The chunks.
 * @returns All their bytes.
 */
export function joinBytes(
  chunks: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
