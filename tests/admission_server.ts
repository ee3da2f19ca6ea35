import {
  allow,
  anyKind,
  type CertificatePair,
  type CertificateSource,
  validatingWebhook,
  type Webhook,
  WebhookServer,
  type WebhookServerOptions,
} from "@koprs/koprs/admission";
import { start, type Started } from "@koprs/koprs/core";
import { type Answer, answerOf, post, reviewOf } from "./admission_question.ts";
import { makeAuthority, makeLeaf } from "../admission/certificate.ts";

const DAY = 24 * 60 * 60 * 1_000;

/** A webhook that allows everything at `/validate`. */
export const ALLOWING: Webhook = validatingWebhook(anyKind, () => allow());

/** A webhook server on loopback. */
export interface TestServer extends AsyncDisposable {
  /** The server. */
  readonly server: WebhookServer;
  /** As `https://localhost:PORT`. */
  readonly url: string;
  /** Its handle. */
  readonly running: Started;
}

/**
 * Starts a webhook server on a free port of loopback.
 *
 * @param options Its options.
 * @param webhooks Its webhooks; one that allows everything by default.
 * @returns The ready server.
 */
export async function startServer(
  options: WebhookServerOptions,
  webhooks: readonly Webhook[] = [ALLOWING],
): Promise<TestServer> {
  const server = new WebhookServer(webhooks, {
    port: 0,
    hostname: "127.0.0.1",
    drainDelay: 0,
    ...options,
  });
  const running = start(server);
  await running.ready;
  const scheme = options.plainHttp === true ? "http" : "https";
  return {
    server,
    running,
    url: `${scheme}://localhost:${server.address.port}`,
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

/** An authority, and certificates of `localhost` that it signed. */
export interface TestAuthority {
  /** Its certificate. */
  readonly ca: string;
  /** Makes a certificate. */
  sign(): Promise<CertificatePair>;
}

/**
 * Makes a certificate authority.
 *
 * @returns The authority.
 */
export async function testAuthority(): Promise<TestAuthority> {
  const validity = {
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
  };
  const authority = await makeAuthority({ name: "test", ...validity });
  return {
    ca: authority.cert,
    sign: () =>
      makeLeaf(authority, {
        dnsNames: ["localhost"],
        ipAddresses: ["127.0.0.1"],
        ...validity,
      }),
  };
}

/** A source of certificates that a test fills. */
export class ScriptedCertificates implements CertificateSource {
  #next = Promise.withResolvers<CertificatePair>();

  /**
   * Makes a source.
   *
   * @param first What it starts with.
   */
  constructor(first: CertificatePair) {
    this.#next.resolve(first);
  }

  /**
   * Gives the next certificate.
   *
   * @param pair The certificate.
   */
  give(pair: CertificatePair): void {
    this.#next.resolve(pair);
  }

  /** The certificates. */
  async *pairs(
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<CertificatePair> {
    const aborted = Promise.withResolvers<undefined>();
    signal.addEventListener("abort", () => aborted.resolve(undefined), {
      once: true,
    });
    while (true) {
      const pair = await Promise.race([this.#next.promise, aborted.promise]);
      if (pair === undefined) return;
      this.#next = Promise.withResolvers();
      yield pair;
    }
  }
}

/**
 * Asks a server, at `/validate`.
 *
 * @param url The URL of the server.
 * @param client What makes the connection.
 * @returns What came back.
 */
export async function review(
  url: string,
  client?: Deno.HttpClient,
): Promise<Answer> {
  const { body, headers } = post("/", reviewOf());
  const text = await new Response(body).text();
  const init = { method: "POST", headers, body: text };
  const options = client === undefined ? init : { ...init, client };
  const received = await fetch(`${url}/validate?timeout=10s`, options);
  return await answerOf(received);
}

/**
 * Waits until something holds.
 *
 * @param holds Whether it does.
 */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
