import { httpPoller } from "@koprs/koprs/external";
import type {
  ExternalEvent,
  HttpDocument,
  HttpPollerOptions,
  Poller,
} from "@koprs/koprs/external";

/** Answers one request; the number counts from 0. */
export type Answer = (
  request: Request,
  index: number,
) => Response | Promise<Response>;

/** An HTTP server on loopback whose answers a test sets. */
export class Origin implements AsyncDisposable {
  /** Answers the next requests. */
  answer: Answer;
  /** The headers of all requests so far. */
  readonly requests: Headers[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /**
   * Listens on a free port.
   *
   * @param answer Answers the first requests.
   */
  constructor(answer: Answer = () => new Response("null")) {
    this.answer = answer;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) =>
        this.answer(request, this.requests.push(request.headers) - 1),
    );
  }

  /** The origin. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Ends the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/**
 * Makes an HTTP poller that may ask loopback.
 *
 * @param url The URL.
 * @param options Its options.
 * @returns The poller.
 */
export function localPoller<T = unknown>(
  url: string,
  options: HttpPollerOptions<T> = {},
): Poller<HttpDocument<T>> {
  return httpPoller(url, { addresses: { allow: ["127.0.0.1"] }, ...options });
}

/**
 * Polls once and takes all events.
 *
 * @param poller The poller.
 * @returns The events.
 */
export async function take<T>(
  poller: Poller<T>,
): Promise<readonly ExternalEvent<T>[]> {
  const events = await poller.poll(new AbortController());
  for (const event of events) poller.taken?.(event);
  return events;
}

/**
 * Polls once and takes all events.
 *
 * @param poller The poller.
 * @returns What happened to which key, such as `"added a"`.
 */
export async function takeNames<T>(poller: Poller<T>): Promise<string[]> {
  return (await take(poller)).map(({ type, key }) => `${type} ${key}`);
}
