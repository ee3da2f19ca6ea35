import { ConfigError } from "../core/client/config_error.ts";
import { connectionErrorFrom } from "../core/client/connection_error.ts";
import type { Credentials, TlsConfig } from "../core/client/config.ts";
import { permissionError } from "../core/client/permissions.ts";
import { httpClientError } from "../core/client/tls_error.ts";
import { untilAborted } from "../core/client/until_aborted.ts";
import type { AddressRules } from "./address_rules.ts";
import { PollError } from "./poll_error.ts";

/** As many redirects are followed. */
const maxRedirects = 5;
const redirects = [301, 302, 303, 307, 308];
/** Headers that may be told to any server. */
const harmless = ["accept", "accept-language", "user-agent"];

/** How a server proves its identity, and the poller its own; PEM texts. */
export interface HttpTls extends Pick<TlsConfig, "caCerts" | "cert" | "key"> {}

/** A request that follows redirects. */
export interface HttpRequestOptions {
  /** Headers of the caller. */
  readonly headers: Headers;
  /** Makes headers for one URL of the way. */
  readonly condition: (url: string) => Readonly<Record<string, string>>;
  /** Who asks. */
  readonly credentials: Credentials | undefined;
  /** Where it may go. */
  readonly rules: AddressRules;
  /** Authorities, and a certificate for the first server alone. */
  readonly tls: HttpTls | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** An answer, and where it came from. */
export interface HttpAnswer extends Disposable {
  /** The answer; its body must be read or cancelled. */
  readonly response: Response;
  /** The URL that answered. */
  readonly url: URL;
  /** Whether the request had a condition. */
  readonly conditional: boolean;
}

/**
 * Sends a GET request and follows redirects by hand: each hop is checked, none
 * goes from `https:` to `http:`, and another origin is told neither credentials
 * nor headers nor the client certificate, for the rest of the way.
 *
 * @param url Where to start.
 * @param options Headers, credentials, rules.
 * @returns The first answer that is no redirect; dispose of it when it is read.
 * @throws {PollError} If a hop is refused, or there are too many.
 * @throws {ConnectionError} If there is no answer.
 * @throws {ConfigError} If a permission, token or certificate lacks.
 */
export async function sendRequest(
  url: URL,
  options: HttpRequestOptions,
): Promise<HttpAnswer> {
  using stack = new DisposableStack();
  const clients = openClients(options.tls, { origin: url.origin, stack });
  let answer = await follow(url, { ...options, clients });
  if (answer.response.status === 401 && await renew(options)) {
    await answer.response.body?.cancel();
    answer = await follow(url, { ...options, clients });
  }
  const owned = stack.move();
  return { ...answer, [Symbol.dispose]: () => owned.dispose() };
}

/**
 * Makes a client of certificates.
 *
 * @example Refuse a broken certificate
 * ```ts
 * import { createHttpClient } from "./http_request.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const tls = { cert: "no PEM text", key: "no PEM text" };
 * assertThrows(
 *   () => createHttpClient(tls, "https://example.com"),
 *   Error,
 *   "Cannot use the TLS or proxy settings of https://example.com",
 * );
 * ```
 *
 * @param tls The certificates.
 * @param origin The server, for messages.
 * @returns The client; must be closed.
 * @throws {ConfigError} If a certificate cannot be used.
 */
export function createHttpClient(
  { caCerts, cert, key }: HttpTls,
  origin: string,
): Deno.HttpClient {
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigError(
      `Cannot use the client certificate for ${origin}: ` +
        `it needs both a certificate and a private key`,
    );
  }
  try {
    return Deno.createHttpClient({
      ...caCerts !== undefined && { caCerts: [...caCerts] },
      ...cert !== undefined && key !== undefined && { cert, key },
    });
  } catch (error) {
    throw httpClientError(error, origin);
  }
}

/** Who connects: to the first origin, and to others. */
interface HttpClients {
  readonly first: Deno.HttpClient | undefined;
  readonly other: Deno.HttpClient | undefined;
}

/** Other origins are trusted by the same authorities, and shown no certificate. */
function openClients(
  tls: HttpTls | undefined,
  { origin, stack }: {
    readonly origin: string;
    readonly stack: DisposableStack;
  },
): HttpClients {
  if (tls === undefined) return { first: undefined, other: undefined };
  const { caCerts, cert } = tls;
  const first = stack.use(createHttpClient(tls, origin));
  const other = cert === undefined
    ? first
    : stack.use(createHttpClient({ caCerts }, origin));
  return { first, other };
}

async function follow(
  start: URL,
  options: HttpRequestOptions & { readonly clients: HttpClients },
): Promise<Omit<HttpAnswer, typeof Symbol.dispose>> {
  const { rules, signal, condition } = options;
  let url = start;
  let trusted = true;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    await rules.check(url, { signal });
    const conditions = condition(url.href);
    const headers = await headersFor(trusted, { ...options, conditions });
    const response = await send(url, {
      headers,
      client: trusted ? options.clients.first : options.clients.other,
      signal,
    });
    const location = response.headers.get("location");
    if (!redirects.includes(response.status) || location === null) {
      const conditional = Object.keys(conditions).length > 0;
      return { response, url, conditional };
    }
    await response.body?.cancel();
    const next = URL.parse(location, url);
    if (next === null) {
      throw new PollError(`Cannot ask ${url.origin}: it redirects to no URL`);
    }
    if (url.protocol === "https:" && next.protocol !== "https:") {
      throw new PollError(
        `Cannot ask ${url.origin}: it redirects away from https:`,
      );
    }
    next.hash = "";
    trusted &&= next.origin === start.origin;
    url = next;
  }
  throw new PollError(
    `Cannot ask ${start.origin}: it redirects more than ${maxRedirects} times`,
  );
}

/** Whether there are other credentials than those that were refused. */
async function renew(
  { credentials, signal }: HttpRequestOptions,
): Promise<boolean> {
  if (credentials === undefined) return false;
  const before = await credentials.headers({ signal });
  const after = await credentials.headers({ signal, refresh: true });
  return before.authorization !== after.authorization;
}

async function headersFor(
  trusted: boolean,
  { headers, conditions, credentials, signal }: HttpRequestOptions & {
    readonly conditions: Readonly<Record<string, string>>;
  },
): Promise<Headers> {
  const sent = new Headers();
  for (const [name, value] of headers) {
    if (trusted || harmless.includes(name)) sent.append(name, value);
  }
  const proof = trusted ? await credentials?.headers({ signal }) : undefined;
  for (const [name, value] of Object.entries({ ...proof, ...conditions })) {
    sent.set(name, value);
  }
  return sent;
}

async function send(
  url: URL,
  { headers, client, signal }: {
    readonly headers: Headers;
    readonly client: Deno.HttpClient | undefined;
    readonly signal: AbortSignal;
  },
): Promise<Response> {
  try {
    const sent = fetch(url, {
      headers,
      redirect: "manual",
      signal,
      ...client !== undefined && { client },
    });
    return await untilAborted(sent, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Deno.errors.NotCapable) {
      throw permissionError(`Cannot ask ${url.origin}`, [
        { name: "net", host: url.host },
      ]);
    }
    throw connectionErrorFrom(error, url.origin);
  }
}
