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

/**
 * Reads bodies, within limits on the size of each, on the memory of all, and
 * on time.
 *
 * What is slow keeps no more memory than has arrived, and nobody waits for it.
 */
export class BodyReader {
  readonly #options: BodyReaderOptions;
  #kept = 0;

  /**
   * Makes a reader.
   *
   * @param options The limits.
   */
  constructor(options: BodyReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads a body.
   *
   * @param request The request.
   * @returns The text.
   * @throws {Refusal} If the body is too large or too slow, or broke off.
   */
  async read(request: Request): Promise<string> {
    const { maxBytes, timeout, clock } = this.#options;
    const length = request.headers.get("content-length");
    const declared = length === null ? undefined : Number(length);
    if (declared !== undefined && !(declared <= maxBytes)) throw tooLarge();
    const late = Promise.withResolvers<never>();
    const cancel = clock.setTimer(() => late.reject(tooSlow()), timeout);
    // The server holds a sender to the length that it declared.
    const reading = declared !== undefined && declared <= SMALL
      ? request.text()
      : this.#readLarge(request, late.promise);
    try {
      return await Promise.race([reading, late.promise]);
    } catch (error) {
      reading.catch(() => {}); // it fails later, when the connection closes
      throw error instanceof Refusal ? error : brokenOff(error);
    } finally {
      cancel();
    }
  }

  async #readLarge(
    { body }: Request,
    late: Promise<never>,
  ): Promise<string> {
    const { maxBytes } = this.#options;
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
        if (size > maxBytes) throw tooLarge();
        if (this.#kept > LARGE_BODIES * maxBytes) throw tooMuch();
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

function brokenOff(cause: unknown): Refusal {
  const refusal = new Refusal(STATUS_CODE.BadRequest, "The body broke off");
  return Object.assign(refusal, { cause });
}
