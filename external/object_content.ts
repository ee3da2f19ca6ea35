import { joinBytes } from "./join_bytes.ts";
import { PollError } from "./poll_error.ts";

/** Which object is read. */
export interface ObjectContentOptions {
  /** The name of its store. */
  readonly store: string;
  /** Its key. */
  readonly key: string;
  /** The most bytes. @default {10485760} */
  readonly maxBytes?: number | undefined;
}

/**
 * Gathers the content of an object.
 *
 * @example Refuse a large object
 * ```ts
 * import { objectContent } from "./object_content.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const chunks = [new Uint8Array(3)];
 * await assertRejects(
 *   () => objectContent(chunks, { store: "memory", key: "a", maxBytes: 2 }),
 *   Error,
 *   'Cannot read "a" of "memory": it has more than 2 bytes',
 * );
 * ```
 *
 * @param chunks The chunks; left as soon as there are too many bytes.
 * @param options Which object, and how much it may be.
 * @returns All bytes.
 * @throws {PollError} If there are too many.
 */
export async function objectContent(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ObjectContentOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { store, key, maxBytes = 10 << 20 } = options;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new PollError(
        `Cannot read ${JSON.stringify(key)} of "${store}": ` +
          `it has more than ${maxBytes} bytes`,
      );
    }
    parts.push(chunk);
  }
  return joinBytes(parts);
}
