import { getLogger } from "../telemetry/logger.ts";
import type { ClientCertificate, ClientConfig, TlsConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import type { ConnectionErrorKind } from "./connection_error.ts";
import type { ConnectionPool } from "./connection_pool.ts";
import { denoPool } from "./deno_pool.ts";
import { nodePool } from "./node_pool.ts";
import { permissionError } from "./permissions.ts";
import { netHostOf } from "./server_origin.ts";
import { httpClientError } from "./tls_error.ts";

/** What kind of traffic a connection carries; each kind has its own pool. */
export type Lane = "request" | "watch" | "lease";

/** A connection pool, and what is known of its health. */
interface Watched {
  readonly pool: ConnectionPool;
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
  readonly #pools = new Map<Lane, Watched>();
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
   * @returns The pool.
   * @throws {ConfigError} If a certificate or key cannot be used.
   */
  get(lane: Lane): ConnectionPool {
    const certificate = this.#config.credentials?.clientCertificate;
    if (certificate !== undefined && certificate.cert !== this.#tls?.cert) {
      this.#use(withClientCertificate(this.#tls, certificate));
    }
    let watched = this.#pools.get(lane);
    if (watched === undefined) {
      watched = { pool: this.#create(this.#tls), timeouts: 0 };
      this.#pools.set(lane, watched);
    }
    return watched.pool;
  }

  /**
   * Notes that an exchange went well.
   *
   * @param lane The kind of traffic.
   */
  succeeded(lane: Lane): void {
    const watched = this.#pools.get(lane);
    if (watched !== undefined) watched.timeouts = 0;
  }

  /**
   * Notes that an exchange failed, and replaces the pool if need be.
   *
   * @param lane The kind of traffic.
   * @param pool The pool that was used.
   * @param kind How it failed.
   */
  failed(lane: Lane, pool: ConnectionPool, kind: ConnectionErrorKind): void {
    const watched = this.#pools.get(lane);
    if (watched?.pool !== pool) return; // replaced by a failure before
    if (kind === "timeout" && ++watched.timeouts < maxTimeouts) return;
    this.#pools.delete(lane);
    pool.close();
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
    for (const { pool } of this.#pools.values()) pool.close();
    this.#pools.clear();
  }

  async #reload(reloadTls: () => Promise<TlsConfig>): Promise<boolean> {
    try {
      const tls = withClientCertificate(
        await reloadTls(),
        this.#config.credentials?.clientCertificate,
      );
      if (JSON.stringify(tls) === JSON.stringify(this.#tls)) return false;
      this.#create(tls).close(); // of two files, one may be new already
      this.#use(tls);
      return true;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      getLogger("client").warning("Going on with the certificates at hand", {
        error,
      });
      return false;
    }
  }

  #use(tls: TlsConfig | undefined): void {
    this.#tls = tls;
    this.close();
  }

  #create(tls: TlsConfig = {}): ConnectionPool {
    const { proxyUrl, server } = this.#config;
    if ((tls.cert === undefined) !== (tls.key === undefined)) {
      throw new ConfigError(
        `Cannot use the client certificate of ${whereOf(this.#config)}: ` +
          `it needs both a certificate and a private key`,
      );
    }
    const options = { tls, proxyUrl, origin: new URL(server).origin };
    try {
      const pool = denoPool(options);
      if (!asksForMoreThanDenoHas(tls, server)) return pool;
      pool.close(); // It has checked the certificates.
      return nodePool(options);
    } catch (error) {
      const where = whereOf(this.#config);
      if (
        !(error instanceof Deno.errors.NotCapable) || proxyUrl === undefined
      ) {
        throw httpClientError(error, where);
      }
      throw permissionError(`Cannot use the proxy of ${where}`, [
        { name: "net", host: netHostOf(proxyUrl) },
        { name: "net", host: netHostOf(server) },
      ]);
    }
  }
}

/** Deno checks a server always, and for the name in its URL. */
function asksForMoreThanDenoHas(
  { insecureSkipVerify = false, serverName }: TlsConfig,
  server: string,
): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === "https:" &&
    (insecureSkipVerify || (serverName ?? hostname) !== hostname);
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
