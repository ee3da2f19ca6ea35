import { untilAborted } from "../core/client/until_aborted.ts";
import type { Clock } from "../core/timing/clock.ts";
import { joinBytes } from "./join_bytes.ts";

/** A text may be that much longer than what was sent, once unpacked. */
const maxRatio = 100;
/** The ratio is no matter up to this size, in bytes. */
const smallBody = 1 << 20;

/** Options of {@linkcode readBody}. */
export interface ReadBodyOptions {
  /** The most bytes, once unpacked. */
  readonly maxBytes: number;
  /** How long nothing may come, in milliseconds. */
  readonly idleTimeout: number;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Where time comes from. */
  readonly clock: Clock;
}

/** Says why a body was not read to its end. */
export class BodyError extends Error {
  /** The name of the class. */
  override readonly name = "BodyError";
  /** What is wrong with it. */
  readonly reason: "large" | "slow" | "broken";

  /**
   * Makes an error.
   *
   * @param message What is wrong with it, in words.
   * @param reason The same, for programs.
   */
  constructor(message: string, reason: BodyError["reason"]) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Reads a body, unless it is too large, too slow or a bomb: `fetch` unpacks
 * silently, so what counts is what comes out.
 *
 * @example Refuse a large body
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { readBody } from "./read_body.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const { signal } = new AbortController();
 * const limits = { idleTimeout: 1_000, signal, clock: systemClock };
 * await assertRejects(
 *   () => readBody(new Response("hello"), { maxBytes: 4, ...limits }),
 *   Error,
 *   "more than 4 bytes",
 * );
 * ```
 *
 * @param response The answer, or a request.
 * @param options The limits.
 * @returns The whole body.
 * @throws {BodyError} If it breaks a limit.
 */
export async function readBody(
  response: Pick<Response, "body" | "headers">,
  options: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes, signal } = options;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const sent = sentBytes(response);
  try {
    for (;;) {
      const { done, value } = await readChunk(reader, options);
      if (done) break;
      size += value.length;
      if (size > maxBytes) {
        throw new BodyError(`it has more than ${maxBytes} bytes`, "large");
      }
      if (size > smallBody && size > sent * maxRatio) {
        throw new BodyError(`it grows more than ${maxRatio}-fold`, "large");
      }
      chunks.push(value);
    }
  } catch (error) {
    // What is left must not be waited for.
    reader.cancel().catch(() => {});
    signal.throwIfAborted();
    // The texts of Deno may change; a broken connection is a TypeError.
    if (!(error instanceof TypeError)) throw error;
    throw new BodyError("it broke off", "broken");
  }
  return joinBytes(chunks);
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { idleTimeout, signal, clock }: ReadBodyOptions,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  const { promise: idle, reject } = Promise.withResolvers<never>();
  const stop = clock.setTimer(
    () => reject(new BodyError(`nothing came for ${idleTimeout} ms`, "slow")),
    idleTimeout,
  );
  try {
    return await untilAborted(Promise.race([reader.read(), idle]), signal);
  } finally {
    stop();
  }
}

/** Bytes on the wire, where the server packs them and says how many. */
function sentBytes({ headers }: Pick<Response, "headers">): number {
  const length = headers.get("content-length");
  const packed = headers.has("content-encoding");
  return packed && length !== null ? Number(length) || Infinity : Infinity;
}
