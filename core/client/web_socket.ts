import { type Clock, systemClock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { ConnectionError } from "./connection_error.ts";
import { pushedStream } from "./pushed_stream.ts";

/** A connection to the API server that carries messages in both directions. */
export interface Socket extends AsyncDisposable {
  /** The subprotocol that the server chose; empty if it chose none. */
  readonly protocol: string;
  /**
   * The messages of the server; cancelling it closes the connection.
   *
   * Messages that nobody reads are kept in memory: a WebSocket cannot tell the
   * server to wait.
   */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Messages for the server; closing it closes the connection. */
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>;
  /** Resolves when the connection has ended, however it did. */
  readonly closed: Promise<void>;
}

/** Options of {@linkcode openSocket}. */
export interface OpenSocketOptions {
  /** Subprotocols in order of preference. */
  readonly protocols: readonly string[];
  /** Headers of the handshake, such as credentials. */
  readonly headers: HeadersInit;
  /** Certificates and proxy. */
  readonly client?: Deno.HttpClient | undefined;
  /** Closes the connection, also later on. */
  readonly signal: AbortSignal;
  /** The origin of the server, for messages. */
  readonly origin: string;
  /**
   * Makes the WebSocket, given its URL, subprotocols and headers.
   *
   * @default {the constructor of Deno's}
   */
  readonly create?: CreateWebSocket | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** Makes a WebSocket that is not open yet. */
export type CreateWebSocket = (
  url: string,
  options: Pick<OpenSocketOptions, "protocols" | "headers" | "client">,
) => WebSocket;

/** As many bytes may wait to be sent before a writer waits too. */
const MAX_BUFFERED = 1_048_576;
/** Time between looks at what waits, in milliseconds; no event tells. */
const LOOK = 10;
/** How long the other side may take to agree to the end, in milliseconds. */
const FAREWELL = 1_000;

/**
 * Opens a WebSocket.
 *
 * @example Open one
 * ```ts
 * import { openSocket } from "./web_socket.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve({ port: 0, onListen() {} }, (request) => {
 *   const { socket, response } = Deno.upgradeWebSocket(request);
 *   socket.onopen = () => socket.send(new Uint8Array([1]));
 *   return response;
 * });
 * const origin = `http://localhost:${server.addr.port}`;
 * await using socket = await openSocket(origin, {
 *   protocols: [],
 *   headers: {},
 *   signal: new AbortController().signal,
 *   origin,
 * });
 * const { value } = await socket.readable.getReader().read();
 * assertEquals(value, new Uint8Array([1]));
 * ```
 *
 * @param url The URL, with the scheme of HTTP.
 * @param options Subprotocols, headers, signal.
 * @returns The open connection.
 * @throws {ConnectionError} If the server does not agree; its status code is
 *   in the message.
 */
export async function openSocket(
  url: string,
  options: OpenSocketOptions,
): Promise<Socket> {
  const { signal, origin, clock = systemClock, create = ofDeno } = options;
  const socket = create(url.replace(/^http/, "ws"), options);
  socket.binaryType = "arraybuffer";
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let refusal = "it does not answer as a WebSocket";
  socket.onopen = () => opened.resolve();
  socket.onerror = (event) => {
    const code = /(?:status code|server response): (\d+)/
      .exec(messageOf(event))?.[1];
    if (code !== undefined) refusal = `it refused a WebSocket with ${code}`;
  };

  const messages = pushedStream(() => socket.close());
  const abort = (): void => {
    messages.fail(signal.reason);
    socket.close();
  };
  const end = (error?: ConnectionError): void => {
    signal.removeEventListener("abort", abort);
    if (error === undefined) messages.close();
    else messages.fail(error);
    closed.resolve();
  };
  socket.onmessage = ({ data }) => messages.push(bytesOf(data));
  socket.onclose = ({ wasClean, code }) => {
    opened.reject(failure(origin, refusal));
    const isGood = wasClean && GOOD_CODES.has(code);
    end(isGood ? undefined : failure(origin, "it closed the connection"));
  };
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();

  const writable = new WritableStream<Uint8Array<ArrayBuffer>>({
    async write(message) {
      checkOpen();
      socket.send(message);
      while (socket.bufferedAmount > MAX_BUFFERED) {
        await sleep(LOOK, { clock, signal });
        checkOpen();
      }
    },
    close: () => socket.close(),
    abort: () => socket.close(),
  });

  function checkOpen(): void {
    if (socket.readyState === WebSocket.OPEN) return;
    throw failure(origin, "the connection is closed");
  }

  await opened.promise;
  return {
    protocol: socket.protocol,
    readable: messages.readable,
    writable,
    closed: closed.promise,
    async [Symbol.asyncDispose]() {
      socket.close();
      // Whoever does not answer cannot keep the caller.
      const cancel = clock.setTimer(end, FAREWELL);
      await closed.promise;
      cancel();
    },
  };
}

const ofDeno: CreateWebSocket = (url, { protocols, headers, client }) =>
  new WebSocket(url, {
    protocols: [...protocols],
    headers,
    ...client !== undefined && { client },
  });

/** Normal closure, with or without its code. */
const GOOD_CODES: ReadonlySet<number> = new Set([1000, 1005]);

const encoder = new TextEncoder();

function bytesOf(data: unknown): Uint8Array<ArrayBuffer> {
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : encoder.encode(String(data));
}

function messageOf(event: Event): string {
  return "message" in event ? String(event.message) : "";
}

function failure(origin: string, why: string): ConnectionError {
  return new ConnectionError(`Cannot reach ${origin}: ${why}`, {
    kind: why.startsWith("it closed") ? "reset" : "other",
  });
}
