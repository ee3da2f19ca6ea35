/** A stream of bytes that somebody else fills. */
export interface PushedStream {
  /** What was pushed. */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether nothing more can be pushed: it has ended or nobody reads. */
  readonly ended: boolean;
  /**
   * Adds bytes; ignored when the stream has ended or nobody reads any more.
   *
   * @param chunk The bytes.
   */
  push(chunk: Uint8Array<ArrayBuffer>): void;
  /** Ends the stream. */
  close(): void;
  /**
   * Breaks the stream.
   *
   * @param reason What its reader is told.
   */
  fail(reason: unknown): void;
}

/**
 * Makes a stream that is filled from outside, without ever making the filler
 * wait.
 *
 * @example Fill a stream
 * ```ts
 * import { pushedStream } from "./pushed_stream.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const stream = pushedStream();
 * stream.push(new Uint8Array([111, 107]));
 * stream.close();
 * assertEquals(await new Response(stream.readable).text(), "ok");
 * ```
 *
 * @param cancelled Called when the reader wants no more.
 * @returns The stream.
 */
export function pushedStream(cancelled: () => void = () => {}): PushedStream {
  let filled: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  let ended = false;
  const readable = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      filled = controller;
    },
    cancel() {
      ended = true;
      cancelled();
    },
  });
  return {
    readable,
    get ended() {
      return ended;
    },
    push(chunk) {
      if (!ended && chunk.length > 0) filled.enqueue(chunk);
    },
    close() {
      if (!ended) filled.close();
      ended = true;
    },
    fail(reason) {
      if (!ended) filled.error(reason);
      ended = true;
    },
  };
}
