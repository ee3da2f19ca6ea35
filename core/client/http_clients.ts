import type { ClientCertificate, ClientConfig, TlsConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import type { ConnectionErrorKind } from "./connection_error.ts";
import { httpClientError } from "./tls_error.ts";

/** What kind of traffic a connection carries; each kind has its own pool. */
export type Lane = "request" | "watch" | "lease";

/** A connection pool, and what is known of its health. */
interface Pool {
  readonly client: Deno.HttpClient;
  timeouts: number;
}

/** How many requests in a row may time out before the pool is replaced. */
const maxTimeouts = 2;

/**
 * The connection pools to one API server, made when first used.
 *
 * Three pools, so that neither many watches nor a burst of requests keep a
 * lease from being renewed. All speak HTTP/1.1: over HTTP/2 Deno opens one
 * connection only, waits silently when the server's limit of 100 streams is
 * reached, and never notices a dead peer.
 *
 * A pool is replaced when it seems broken; exchanges on the old one go on.
 *
 * @example Make a pool and close it
 * ```ts
 * import { HttpClients } from "./http_clients.ts";
 * import { assert } from "@std/assert";
 *
 * const clients = new HttpClients({ server: "https://10.0.0.1:6443" });
 * assert(clients.get("request") === clients.get("request"));
 * clients.close();
 * ```
 */
export class HttpClients {
  readonly #config: ClientConfig;
  readonly #pools = new Map<Lane, Pool>();
  #tls: TlsConfig | undefined;
  #reloading: Promise<boolean> | undefined;

  /**
   * Makes no pool yet.
   *
   * @param config The API server.
   */
  constructor(config: ClientConfig) {
    this.#config = config;
    this.#tls = withClientCertificate(
      config.tls,
      config.credentials?.clientCertificate,
    );
  }

  /**
   * The pool of a lane.
   *
   * @param lane The kind of traffic.
   * @returns The client to give to `fetch`.
   * @throws {ConfigError} If a certificate or key cannot be used.
   */
  get(lane: Lane): Deno.HttpClient {
    const certificate = this.#config.credentials?.clientCertificate;
    if (certificate !== undefined && certificate.cert !== this.#tls?.cert) {
      this.#use(withClientCertificate(this.#tls, certificate));
    }
    let pool = this.#pools.get(lane);
    if (pool === undefined) {
      pool = { client: this.#create(), timeouts: 0 };
      this.#pools.set(lane, pool);
    }
    return pool.client;
  }

  /**
   * Notes that an exchange went well.
   *
   * @param lane The kind of traffic.
   */
  succeeded(lane: Lane): void {
    const pool = this.#pools.get(lane);
    if (pool !== undefined) pool.timeouts = 0;
  }

  /**
   * Notes that an exchange failed, and replaces the pool if need be.
   *
   * @param lane The kind of traffic.
   * @param client The client that was used.
   * @param kind How it failed.
   */
  failed(lane: Lane, client: Deno.HttpClient, kind: ConnectionErrorKind): void {
    const pool = this.#pools.get(lane);
    if (pool?.client !== client) return; // replaced by a failure before
    if (kind === "timeout" && ++pool.timeouts < maxTimeouts) return;
    this.#pools.delete(lane);
    client.close();
  }

  /**
   * Reads certificates again, where they come from files.
   *
   * @returns Whether they have changed, so that another try makes sense.
   */
  async reload(): Promise<boolean> {
    const { reloadTls } = this.#config;
    if (reloadTls === undefined) return false;
    this.#reloading ??= this.#reload(reloadTls).finally(() => {
      this.#reloading = undefined;
    });
    return await this.#reloading;
  }

  /** Closes the pools when their exchanges have ended. */
  close(): void {
    for (const { client } of this.#pools.values()) client.close();
    this.#pools.clear();
  }

  async #reload(reloadTls: () => Promise<TlsConfig>): Promise<boolean> {
    const tls = withClientCertificate(
      await reloadTls(),
      this.#config.credentials?.clientCertificate,
    );
    if (JSON.stringify(tls) === JSON.stringify(this.#tls)) return false;
    this.#use(tls);
    return true;
  }

  #use(tls: TlsConfig | undefined): void {
    this.#tls = tls;
    this.close();
  }

  #create(): Deno.HttpClient {
    const { caCerts, cert, key } = this.#tls ?? {};
    const { proxyUrl } = this.#config;
    if ((cert === undefined) !== (key === undefined)) {
      throw new ConfigError(
        `Cannot use the client certificate of ${whereOf(this.#config)}: ` +
          `it needs both a certificate and a private key`,
      );
    }
    try {
      return Deno.createHttpClient({
        http2: false,
        ...caCerts !== undefined && { caCerts: [...caCerts] },
        ...cert !== undefined && key !== undefined && { cert, key },
        ...proxyUrl !== undefined && { proxy: proxyOf(proxyUrl) },
      });
    } catch (error) {
      throw httpClientError(error, whereOf(this.#config));
    }
  }
}

function withClientCertificate(
  tls: TlsConfig | undefined,
  certificate: ClientCertificate | undefined,
): TlsConfig | undefined {
  return certificate === undefined ? tls : { ...tls, ...certificate };
}

function whereOf({ source, server }: ClientConfig): string {
  return source ?? new URL(server).origin;
}

/** Deno wants user and password beside the URL. */
function proxyOf(proxyUrl: string): Deno.Proxy {
  const url = new URL(proxyUrl);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const basicAuth = {
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  return { url: url.href, ...username !== "" && { basicAuth } };
}
