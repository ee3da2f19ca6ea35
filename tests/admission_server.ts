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
import { connect } from "node:tls";
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

/** Options of {@linkcode review}. */
export interface ReviewOptions {
  /** What makes the connection. */
  readonly client?: Deno.HttpClient;
  /** The path; `"/validate"` by default. */
  readonly path?: string;
}

/**
 * Asks a server.
 *
 * @param url The URL of the server.
 * @param options Where, and by what.
 * @returns What came back.
 */
export async function review(
  url: string,
  { client, path = "/validate" }: ReviewOptions = {},
): Promise<Answer> {
  const { body, headers } = post("/", reviewOf());
  const text = await new Response(body).text();
  const init = { method: "POST", headers, body: text };
  const options = client === undefined ? init : { ...init, client };
  return await answerOf(await fetch(`${url}${path}?timeout=10s`, options));
}

/**
 * The certificate that a new connection gets, whoever signed it.
 *
 * @param port The port on loopback.
 * @returns The certificate, in base64.
 */
export async function servedBy(port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({
    host: "127.0.0.1",
    port,
    servername: "localhost",
    rejectUnauthorized: false,
  });
  socket.once("secureConnect", () => {
    resolve(new Uint8Array(socket.getPeerCertificate().raw).toBase64());
    socket.destroy();
  });
  socket.once("error", reject);
  return await promise;
}

/**
 * Waits until something holds.
 *
 * @param holds Whether it does.
 */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
