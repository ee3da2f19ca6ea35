import { STATUS_CODE } from "@std/http";
import type { Clock } from "../core/timing/clock.ts";
import { Refusal } from "./refusal.ts";

/** What a {@linkcode BodyReader} allows. */
export interface BodyReaderOptions {
  /** Bytes of one body. */
  readonly maxBytes: number;
  /** How long a body may take, in milliseconds. */
  readonly timeout: number;
  /** Where time comes from. */
  readonly clock: Clock;
}

/** Bodies up to this size are left to the runtime, which is faster. */
const SMALL = 64 * 1024;

/** How much of all large bodies together is kept, in bodies of `maxBytes`. */
const LARGE_BODIES = 8;

/** How much of one body is read for nothing, in bodies of `maxBytes`. */
const DISCARDED = 4;

/**
 * Reads bodies, within limits on the size of each, on the memory of all, and
 * on time.
 *
 * What is slow keeps no more memory than has arrived, and nobody waits for it.
 */
export class BodyReader {
  readonly #maxBytes: number;
  readonly #timeout: number;
  readonly #clock: Clock;
  #kept = 0;

  /**
   * Makes a reader.
   *
   * @param options The limits.
   */
  constructor(options: BodyReaderOptions) {
    this.#maxBytes = options.maxBytes;
    this.#timeout = options.timeout;
    this.#clock = options.clock;
  }

  /**
   * Reads a body.
   *
   * @param request The request.
   * @returns The text.
   * @throws {Refusal} If the body is too large or too slow, or broke off.
   */
  async read(request: Request): Promise<string> {
    const length = request.headers.get("content-length");
    const declared = length === null ? undefined : Number(length);
    if (declared !== undefined && !(declared <= this.#maxBytes)) {
      await this.discard(request);
      throw tooLarge();
    }
    // The server holds a sender to the length that it declared.
    if (declared !== undefined && declared <= SMALL) {
      const reading = request.text();
      if (await isThere(reading)) return await reading.catch(rethrow);
      return await this.#inTime(() => reading);
    }
    return await this.#inTime((late) => this.#readLarge(request, late));
  }

  /**
   * Leaves a body unread. Over HTTP/2 some of it is read for nothing, since
   * Deno resets the stream otherwise, and the answer is lost.
   *
   * @param request The request.
   */
  async discard(request: Request): Promise<void> {
    const { body } = request;
    if (body === null) return;
    if (!isHttp2(request)) return await body.cancel();
    const reader = body.getReader();
    await this.#inTime((late) => this.#drain(reader, late)).catch(() => {});
    reader.cancel().catch(() => {}); // nobody waits for it
  }

  async #drain(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    late: Promise<never>,
  ): Promise<void> {
    for (let size = 0; size < DISCARDED * this.#maxBytes;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return;
      size += value.length;
    }
  }

  async #inTime<R>(read: (late: Promise<never>) => Promise<R>): Promise<R> {
    const late = Promise.withResolvers<never>();
    const cancel = this.#clock.setTimer(
      () => late.reject(tooSlow()),
      this.#timeout,
    );
    const reading = read(late.promise);
    try {
      return await Promise.race([reading, late.promise]);
    } catch (error) {
      reading.catch(() => {}); // it fails later, when the connection closes
      rethrow(error);
    } finally {
      cancel();
    }
  }

  async #readLarge(request: Request, late: Promise<never>): Promise<string> {
    const { body } = request;
    if (body === null) return "";
    const reader = body.getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      while (true) {
        const { done, value } = await Promise.race([reader.read(), late]);
        if (done) break;
        size += value.length;
        this.#kept += value.length;
        chunks.push(value);
        if (size > this.#maxBytes) {
          if (isHttp2(request)) await this.#drain(reader, late);
          throw tooLarge();
        }
        if (this.#kept > LARGE_BODIES * this.#maxBytes) throw tooMuch();
      }
    } catch (error) {
      reader.cancel().catch(() => {}); // nobody waits for it
      throw error;
    } finally {
      this.#kept -= size;
    }
    return await new Blob(chunks as BlobPart[]).text();
  }
}

/**
 * Most bodies have arrived with their request, and are there after a few
 * turns; a timer would cost more than everything else about them.
 */
async function isThere(reading: Promise<string>): Promise<boolean> {
  let there = false;
  const settle = (): void => void (there = true);
  reading.then(settle, settle);
  for (let turn = 0; turn < 4 && !there; turn++) await undefined;
  return there;
}

/** HTTP/1.1 demands a Host, and HTTP/2 has another field for it. */
function isHttp2({ headers }: Request): boolean {
  return !headers.has("host");
}

function tooLarge(): Refusal {
  return new Refusal(STATUS_CODE.ContentTooLarge, "The body is too large");
}

function tooSlow(): Refusal {
  return new Refusal(STATUS_CODE.RequestTimeout, "The body took too long");
}

function tooMuch(): Refusal {
  return new Refusal(
    STATUS_CODE.ServiceUnavailable,
    "Too many large requests at a time",
  );
}

function rethrow(cause: unknown): never {
  if (cause instanceof Refusal) throw cause;
  throw new Refusal(STATUS_CODE.BadRequest, "The body broke off");
}
