import { startDeadline } from "../core/client/deadline.ts";
import { untilAborted } from "../core/client/until_aborted.ts";
import { parseRetryAfter } from "../core/client/retry_after.ts";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { AddressRules } from "./address_rules.ts";
import { anyJsonBody, type BodyDecoder } from "./body_decoder.ts";
import { DocumentState } from "./document_state.ts";
import type { ExternalEvent } from "./external_event.ts";
import { type HttpDocument, shownUrl } from "./http_document.ts";
import type { HttpPollerOptions } from "./http_poller_options.ts";
import {
  createHttpClient,
  type HttpAnswer,
  sendRequest,
} from "./http_request.ts";
import { conditionOf, validatorsOf } from "./http_validators.ts";
import { PollError, type PollErrorOptions } from "./poll_error.ts";
import type { Poller, PollerOptions } from "./poller.ts";
import { BodyError, readBody } from "./read_body.ts";

/**
 * Polls a document over HTTP.
 *
 * Asks by `If-None-Match` or `If-Modified-Since`; a new body, not a new ETag,
 * makes a change, and an unchanged one is not decoded. 404 and 410 mean that
 * there is none; everything else but 2xx and 304 is an error, and what was
 * known stays. Needs `--allow-net` for the host, and `--allow-read` for the
 * file of a token.
 *
 * @example Poll a document
 * ```ts
 * import { httpPoller, jsonBody } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * await using server = Deno.serve(
 *   { hostname: "127.0.0.1", port: 0, onListen() {} },
 *   () => Response.json({ color: "blue" }),
 * );
 * const flags = httpPoller(`http://127.0.0.1:${server.addr.port}/flags?token=x`, {
 *   decode: jsonBody(z.object({ color: z.string() })),
 *   addresses: { allow: ["127.0.0.1"] },
 * });
 * const [event] = await flags.poll(new AbortController());
 * assertEquals([event?.type, event?.object.body.color], ["added", "blue"]);
 * assertEquals(flags.name, `http://127.0.0.1:${server.addr.port}/flags`);
 * ```
 *
 * @typeParam T The type of the body; of any shape without a decoder.
 * @param url The URL.
 * @param options How to ask, and how to read the answer.
 * @returns The poller; its events have its name as key.
 * @throws {TypeError} If the URL, a header or an address rule makes no sense.
 * @throws {ConfigError} If a certificate cannot be used.
 */
export function httpPoller<T = unknown>(
  url: string | URL,
  options: HttpPollerOptions<T> = {},
): Poller<HttpDocument<T>> {
  const parsed = URL.parse(url);
  if (parsed === null) {
    throw new TypeError("Cannot make an HTTP poller: its URL is none");
  }
  parsed.hash = "";
  return new HttpPoller(parsed, options);
}

class HttpPoller<T> implements Poller<HttpDocument<T>> {
  readonly name: string;
  readonly #url: URL;
  readonly #options: HttpPollerOptions<T>;
  readonly #headers: Headers;
  readonly #rules: AddressRules;
  readonly #decode: BodyDecoder<T>;
  readonly #clock: Clock;
  readonly #state: DocumentState<T>;

  constructor(url: URL, options: HttpPollerOptions<T>) {
    this.name = options.name ?? shownUrl(url);
    this.#url = url;
    this.#options = options;
    this.#headers = checkedHeaders(options.headers ?? {}, this.name);
    this.#rules = new AddressRules(options.addresses);
    // Without a decoder T is unknown, unless the caller vouches for it.
    this.#decode = options.decode ?? anyJsonBody as BodyDecoder<T>;
    this.#clock = options.clock ?? systemClock;
    this.#state = new DocumentState(this.name, options);
    if (options.tls) createHttpClient(options.tls, url.origin).close();
  }

  async poll(
    { signal }: PollerOptions,
  ): Promise<readonly ExternalEvent<HttpDocument<T>>[]> {
    const { timeout = 30_000 } = this.#options;
    const clock = this.#clock;
    const deadline = startDeadline({ timeout, signal, clock });
    try {
      // A decoder or credentials of the caller may heed no signal.
      const asking = this.#ask(deadline.signal);
      const event = await untilAborted(asking, deadline.signal);
      return event === undefined ? [] : [event];
    } catch (error) {
      if (deadline.expired) {
        throw this.#error(`no whole answer within ${timeout} ms`);
      }
      throw error instanceof BodyError ? this.#error(error.message) : error;
    } finally {
      deadline.clear();
    }
  }

  taken(event: ExternalEvent<HttpDocument<T>>): void {
    this.#state.taken(event);
  }

  async #ask(
    signal: AbortSignal,
  ): Promise<ExternalEvent<HttpDocument<T>> | undefined> {
    const { credentials, tls } = this.#options;
    const validators = this.#state.validators();
    using answer = await sendRequest(this.#url, {
      headers: this.#headers,
      condition: (url) => conditionOf(validators, url),
      credentials,
      rules: this.#rules,
      tls,
      signal,
    });
    const { status, body, ok } = answer.response;
    if (ok && status !== 206) return await this.#found(answer, signal);
    await body?.cancel();
    if (status === 404 || status === 410) return this.#state.gone();
    this.#state.unmodified();
    if (status === 304 && answer.conditional) return undefined;
    throw this.#refusal(answer);
  }

  async #found(
    { response, url }: HttpAnswer,
    signal: AbortSignal,
  ): Promise<ExternalEvent<HttpDocument<T>> | undefined> {
    const { maxBytes = 10 << 20, idleTimeout = 10_000 } = this.#options;
    const clock = this.#clock;
    const limits = { maxBytes, idleTimeout, signal, clock };
    const bytes = await readBody(response, limits);
    const hash = await hashOf(bytes);
    const { headers, status } = response;
    const validators = validatorsOf(headers, url.href);
    if (this.#state.isKnown(hash, validators)) return undefined;
    const document = {
      url: shownUrl(url),
      status,
      etag: headers.get("etag") ?? undefined,
      lastModified: headers.get("last-modified") ?? undefined,
      contentType: headers.get("content-type") ?? undefined,
      body: await this.#decoded(bytes),
    };
    return this.#state.found({ document, hash, validators });
  }

  async #decoded(bytes: Uint8Array<ArrayBuffer>): Promise<T> {
    try {
      return await this.#decode(bytes);
    } catch (error) {
      // Other errors quote what they cannot parse.
      const why = error instanceof TypeError ? error.message : "it is unfit";
      throw new PollError(`Cannot use the answer of "${this.name}": ${why}`);
    }
  }

  #refusal({ response: { status, headers } }: HttpAnswer): PollError {
    const wish = headers.get("retry-after");
    const retryAfter = parseRetryAfter(wish, this.#clock);
    const why = status === 304
      ? "the answer is 304, though nothing was known"
      : `the answer is ${status}`;
    return this.#error(why, { code: status, retryAfter });
  }

  #error(why: string, options?: PollErrorOptions): PollError {
    return new PollError(`Cannot poll "${this.name}": ${why}`, options);
  }
}

/** Checked once: the error of `fetch` would quote the value. */
function checkedHeaders(
  given: Readonly<Record<string, string>>,
  poller: string,
): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.append(name, value);
    } catch {
      throw new TypeError(
        `Cannot make HTTP poller "${poller}": header ${
          JSON.stringify(name)
        } has a name or value that HTTP does not allow`,
      );
    }
  }
  return headers;
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).toBase64();
}
