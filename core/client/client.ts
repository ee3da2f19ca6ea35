import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import { metricsFor } from "../telemetry/metrics.ts";
import { CacheRegistry } from "./cache_registry.ts";
import type { ClientConfig } from "./config.ts";
import type { Exchange } from "./exchange.ts";
import { ResourceClient } from "./resource_client.ts";
import type { Fetch } from "./http_request.ts";
import { loggedWrites } from "./logged_writes.ts";
import { SharedStrings } from "./shared_strings.ts";
import { createTransport, type Transport } from "./transport.ts";
import { checkFence } from "./write_fence.ts";

/** Options of a {@linkcode Client}. */
export interface ClientOptions {
  /**
   * Who owns the fields that are written: the name of the operator, at most
   * 100 printable ASCII characters; 28 are left for suffixes of our own.
   */
  readonly fieldManager: string;
  /**
   * Sends the requests, as `fetch` does.
   *
   * @default {fetch}
   */
  readonly fetch?: Fetch | undefined;
  /**
   * How long a request may take, headers and body, in milliseconds; ten times
   * as long where the body of a GET keeps coming.
   *
   * @default {30000}
   */
  readonly timeout?: number | undefined;
  /**
   * How large an answer may be, in bytes, as it is when decompressed; a list
   * is read in pages of 500 objects.
   *
   * @default {134217728} 128 MiB
   */
  readonly maxResponseSize?: number | undefined;
}

/**
 * Talks to one API server as one field manager.
 *
 * A program needs one: whoever uses the same client shares its informers, and
 * what it writes is known to be the program's own. To a controller, the writes
 * of another client are those of somebody else, and wake it.
 *
 * Needs `--allow-net` for the API server.
 *
 * @example Read a namespace
 * ```ts
 * import { Namespace } from "@koprs/koprs/builtin";
 * import { Client } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 *
 * const namespace = await client.resource(Namespace).get({ name: "default" });
 * assertEquals(namespace?.status?.phase, "Active");
 * ```
 */
export class Client implements AsyncDisposable {
  /** Which API server, and as whom. */
  readonly config: ClientConfig;
  /** Who owns the fields that are written. */
  readonly fieldManager: string;
  /** Sends requests of any path. */
  readonly transport: Transport;
  readonly #exchange: Exchange;

  /**
   * Makes a client; nothing is sent yet.
   *
   * @param config The API server; see `loadConfig()`.
   * @param options The field manager, and how requests are sent.
   * @throws {TypeError} If the field manager is empty, too long or not printable.
   * @throws {ConfigError} If credentials would go over plain HTTP to another
   *   machine.
   */
  constructor(config: ClientConfig, options: ClientOptions) {
    const { fieldManager, ...rest } = options;
    if (!/^[ -~]{1,100}$/.test(fieldManager)) {
      throw new TypeError(
        `Cannot make a client: the field manager needs 1 to 100 printable ` +
          `ASCII characters, and has ${fieldManager.length} of any kind`,
      );
    }
    this.config = config;
    this.fieldManager = fieldManager;
    const transport = createTransport(config, {
      ...rest,
      userAgent: `${fieldManager} koprs`,
      beforeTry: ({ method }) => {
        if (method !== "GET") checkFence();
      },
      onRequest: ({ method, code }) =>
        metricsFor().requests.inc({ method, code: String(code) }),
    });
    this.transport = loggedWrites(transport);
    this.#exchange = {
      transport: this.transport,
      caches: new CacheRegistry(),
      fieldManager,
      strings: new SharedStrings(),
    };
  }

  /**
   * The verbs of a kind.
   *
   * @typeParam T The object type.
   * @typeParam S The scope of the kind.
   * @param kind The kind.
   * @returns The verbs.
   */
  resource<T extends KubeObject<S>, S extends Scope>(
    kind: Kind<T, S>,
  ): ResourceClient<T, S> {
    return new ResourceClient(kind, this.#exchange);
  }

  /** Closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.transport[Symbol.asyncDispose]();
  }
}
