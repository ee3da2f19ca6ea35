import type { ClientConfig } from "../../../core/client/config.ts";
import type { Fetch } from "../../../core/client/http_request.ts";
import { compareRequest, nameOf } from "./compare_request.ts";
import type { ScriptedExchange, SeenRequest } from "./scripted_exchange.ts";
import { scriptedReply } from "./scripted_reply.ts";

/**
 * An API server that only knows a script: which requests come, in which
 * order, and what each is answered. Without a server, a socket or a
 * permission.
 *
 * For tests that care about requests; those that care about what becomes of
 * objects use `FakeApiServer`. Disposing of it checks that the whole script
 * was played, and nothing else.
 *
 * @example Test a function that reads, then writes
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client } from "@koprs/koprs/core";
 * import { ScriptedFetch } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const path = "/api/v1/namespaces/default/configmaps/app";
 * await using script = new ScriptedFetch([
 *   { method: "GET", path, status: 404 },
 *   {
 *     method: "PATCH",
 *     path,
 *     query: { fieldManager: "example", force: null },
 *     status: 201,
 *     reply: { metadata: { name: "app", uid: "1b2e" } },
 *   },
 * ]);
 * await using client = new Client(script.config, {
 *   fieldManager: "example",
 *   fetch: script.fetch,
 * });
 * const configMaps = client.resource(ConfigMap);
 *
 * const key = { name: "app", namespace: "default" };
 * assertEquals(await configMaps.exists(key), false);
 * const { metadata } = await configMaps.apply({ metadata: key });
 * assertEquals(metadata.uid, "1b2e");
 * ```
 */
export class ScriptedFetch implements AsyncDisposable {
  /** To give to `new Client(config)`; the server does not exist. */
  readonly config: ClientConfig = { server: "http://script.test" };
  /** To give to `new Client(config, { fetch })`. */
  readonly fetch: Fetch;
  /** The requests that came, in order. */
  readonly requests: readonly SeenRequest[];
  readonly #script: readonly ScriptedExchange[];
  readonly #seen: SeenRequest[] = [];
  #failure: Error | undefined;

  /**
   * Waits for the first request.
   *
   * @param script The requests, in order, and their answers.
   */
  constructor(script: readonly ScriptedExchange[]) {
    this.#script = script;
    this.requests = this.#seen;
    this.fetch = (input, init) => this.#answer(input, init);
  }

  /** The requests that are still to come. */
  get remaining(): readonly ScriptedExchange[] {
    return this.#script.slice(this.#seen.length);
  }

  /**
   * Checks that all requests came, and nothing else.
   *
   * @throws {Error} If the first difference was a request that was not
   * expected, or requests are missing.
   */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    const missing = this.remaining.map(nameOf);
    if (missing.length === 0) return;
    throw new Error(
      `Cannot end the script: ${missing.length} of ${this.#script.length} requests did not come: ${
        missing.join(", ")
      }`,
    );
  }

  /** Checks that all requests came, and nothing else. */
  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => resolve(this.check()));
  }

  async #answer(input: string, init: RequestInit): Promise<Response> {
    const { signal } = init;
    signal?.throwIfAborted();
    const request = readRequest(input, init);
    const { length } = this.#seen;
    const expected = this.#script[length];
    this.#seen.push(request);
    const why = expected === undefined
      ? `the script of ${length} requests is over`
      : compareRequest(request, expected);
    if (expected === undefined || why !== undefined) {
      const place = `request ${length + 1}, ${nameOf(request)}`;
      this.#failure ??= new Error(`Cannot answer ${place}: ${why}`);
      throw this.#failure;
    }
    await Promise.resolve(); // as the network, never at once
    signal?.throwIfAborted();
    if (expected.error !== undefined) throw expected.error;
    return scriptedReply(expected, signal ?? undefined);
  }
}

function readRequest(input: string, init: RequestInit): SeenRequest {
  const url = new URL(input);
  const { body } = init;
  return {
    method: init.method ?? "GET",
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: new Headers(init.headers),
    body: typeof body === "string" ? parsed(body) : undefined,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
