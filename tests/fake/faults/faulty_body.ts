/** A body of bytes. */
export type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * Breaks a body as a lost connection does.
 *
 * @param body The body.
 * @param length How many bytes pass.
 * @returns The start of the body, which then fails.
 */
export function brokenAfter(body: Bytes | null, length: number): Bytes {
  let left = length;
  return pieces(body, (chunk, controller) => {
    const part = chunk.slice(0, left);
    left -= part.length;
    if (part.length > 0) controller.enqueue(part);
    if (left === 0) controller.error(new Error("connection dropped"));
  });
}

/**
 * Sends a body in small chunks.
 *
 * @param body The body.
 * @param size Bytes in each chunk.
 * @returns The same bytes.
 */
export function inChunks(body: Bytes | null, size: number): Bytes {
  return pieces(body, (chunk, controller) => {
    for (let at = 0; at < chunk.length; at += size) {
      controller.enqueue(chunk.slice(at, at + size));
    }
  });
}

function pieces(
  body: Bytes | null,
  transform: (
    chunk: Uint8Array<ArrayBuffer>,
    controller: TransformStreamDefaultController<Uint8Array<ArrayBuffer>>,
  ) => void,
): Bytes {
  const source = body ?? new Blob([]).stream();
  return source.pipeThrough(new TransformStream({ transform }));
}
