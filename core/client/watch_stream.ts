import { type Clock, systemClock } from "../timing/clock.ts";
import { ConnectionError } from "./connection_error.ts";

/** One event of a watch, as the API server sent it. */
export interface RawWatchEvent {
  /** `"ADDED"`, `"MODIFIED"`, `"DELETED"`, `"BOOKMARK"` or `"ERROR"`. */
  readonly type: string;
  /** The object, or a `Status`. */
  readonly object: unknown;
}

/** Options of {@linkcode watchBatches}. */
export interface WatchStreamOptions {
  /**
   * The longest event, in bytes.
   *
   * @default {16777216}
   */
  readonly maxEventBytes?: number | undefined;
  /**
   * How long the server may be silent, in milliseconds.
   *
   * @default {Infinity}
   */
  readonly idleTimeout?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

const newline = 0x0a;

/**
 * Reads the events of a watch, all that arrived together at once.
 *
 * Events end at the byte 0x0A and nowhere else. An event that is not complete
 * when the stream ends is discarded. Leaving the loop cancels the body.
 *
 * @example Read two events
 * ```ts
 * import { watchBatches } from "./watch_stream.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { body } = new Response(
 *   '{"type":"ADDED","object":{}}\n{"type":"DELETED","object":{}}\n{"ty',
 * );
 * const types: string[] = [];
 * if (body !== null) {
 *   for await (const batch of watchBatches(body)) {
 *     types.push(...batch.map(({ type }) => type));
 *   }
 * }
 * assertEquals(types, ["ADDED", "DELETED"]);
 * ```
 *
 * @param body The body of a watch.
 * @param options Limits.
 * @returns The batches; none is empty.
 * @throws {ConnectionError} If an event is too long or no JSON, or if the
 *   server is silent for too long.
 */
export async function* watchBatches(
  body: ReadableStream<Uint8Array>,
  options: WatchStreamOptions = {},
): AsyncIterableIterator<readonly RawWatchEvent[]> {
  const { maxEventBytes = 16 * 1024 * 1024, idleTimeout = Infinity } = options;
  const reader = body.getReader();
  const idle = watchIdle(idleTimeout, {
    clock: options.clock ?? systemClock,
    // Ends the pending read.
    expired: () => void reader.cancel().catch(() => {}),
  });
  const tail = new Tail(maxEventBytes);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (idle.expired) throw silent(idleTimeout);
      if (done) return;
      idle.alive();
      const end = value.lastIndexOf(newline);
      if (end >= 0) {
        const lines = tail.take(value.subarray(0, end));
        const { events, error } = parseLines(lines);
        if (events.length > 0) yield events;
        if (error !== undefined) throw error;
      }
      tail.push(value.subarray(end + 1));
    }
  } finally {
    idle.stop();
    // The body may have failed; its error is on its way to the caller.
    await reader.cancel().catch(() => {});
  }
}

/** The bytes of an event that is not complete yet. */
class Tail {
  readonly #max: number;
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Adds bytes without a newline; copies nothing. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#size += chunk.length;
    if (this.#size > this.#max) {
      throw new ConnectionError(
        `Cannot read a watch event: it is longer than ${this.#max} bytes`,
        { kind: "other" },
      );
    }
    this.#chunks.push(chunk);
  }

  /** Takes out all bytes, followed by others; copies each once. */
  take(chunk: Uint8Array): Uint8Array {
    if (this.#chunks.length === 0) return chunk;
    const whole = new Uint8Array(this.#size + chunk.length);
    let offset = 0;
    for (const part of this.#chunks) {
      whole.set(part, offset);
      offset += part.length;
    }
    whole.set(chunk, offset);
    this.#chunks = [];
    this.#size = 0;
    return whole;
  }
}

/** Parses complete lines; stops at the first that is no event. */
function parseLines(
  bytes: Uint8Array,
): { events: RawWatchEvent[]; error?: ConnectionError } {
  const events: RawWatchEvent[] = [];
  try {
    for (const line of linesOf(bytes)) {
      if (line !== "" && line !== "\r") events.push(parseEvent(line));
    }
    return { events };
  } catch {
    // Not kept as a cause: its message quotes the object.
    const error = new ConnectionError(
      "Cannot read a watch event: it is no JSON object in UTF-8",
      { kind: "other" },
    );
    return { events, error };
  }
}

/**
 * Decodes lines. The lenient decoder of Deno is eight times as fast as the
 * strict one, which is only asked where a text may have been damaged.
 */
function linesOf(bytes: Uint8Array): Iterable<string> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return text.includes("\ufffd") ? strictLinesOf(bytes) : text.split("\n");
}

function* strictLinesOf(bytes: Uint8Array): Iterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let start = 0; start <= bytes.length;) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    yield decoder.decode(bytes.subarray(start, end));
    start = end + 1;
  }
}

function parseEvent(line: string): RawWatchEvent {
  const event: unknown = JSON.parse(line);
  if (
    typeof event !== "object" || event === null ||
    !("type" in event) || typeof event.type !== "string"
  ) throw new SyntaxError("not an event");
  // Only its type matters here; the object is judged by whoever decodes it.
  return event as RawWatchEvent;
}

function silent(idleTimeout: number): ConnectionError {
  return new ConnectionError(
    `Cannot go on watching: the server was silent for ${idleTimeout} ms`,
    { kind: "timeout" },
  );
}

/** Notices silence with one timer, however often the server speaks. */
function watchIdle(
  timeout: number,
  { clock, expired }: { clock: Clock; expired: () => void },
): { readonly expired: boolean; alive(): void; stop(): void } {
  let last = clock.now();
  let isExpired = false;
  let cancel = (): void => {};
  const check = (): void => {
    const left = last + timeout - clock.now();
    if (left > 0) {
      cancel = clock.setTimer(check, left);
      return;
    }
    isExpired = true;
    expired();
  };
  if (timeout !== Infinity) cancel = clock.setTimer(check, timeout);
  return {
    get expired() {
      return isExpired;
    },
    alive: () => {
      last = clock.now();
    },
    stop: () => cancel(),
  };
}
