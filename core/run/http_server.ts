import { STATUS_CODE } from "@std/http";
import { getLogger } from "../telemetry/logger.ts";
import { systemClock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { boundedCall } from "./bounded_call.ts";
import { listen } from "./listen.ts";
import { formatAddress, type ListenAddress } from "./listen_address.ts";

/** What answers GET requests, by path; HEAD follows from it. */
export type Routes = ReadonlyMap<string, () => Response | Promise<Response>>;

/** How long a route may take, in milliseconds. */
const ANSWER_TIMEOUT = 10_000;

/** How long a request may go on after the end, in milliseconds. */
const CLOSE_TIMEOUT = 500;

/** How long to wait before listening again, in milliseconds. */
const RESTART_DELAY = 1_000;

/**
 * Serves a few fixed paths over HTTP, until disposed.
 *
 * `Deno.serve` ends for good when a connection cannot be accepted, as when the
 * process has too many open files; this listens again. Needs `--allow-net`
 * for the address.
 *
 * @example Serve one path
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const routes = new Map([["/hello", () => new Response("hi")]]);
 * const address = { hostname: "127.0.0.1", port: 0 };
 * await using server = new HttpServer(routes, address);
 * const { port } = server.address;
 * const response = await fetch(`http://127.0.0.1:${port}/hello`);
 * assertEquals(await response.text(), "hi");
 * ```
 */
export class HttpServer implements AsyncDisposable {
  /** Where it listens; the port is the real one. */
  readonly address: ListenAddress;
  readonly #routes: Routes;
  readonly #close = new AbortController();
  readonly #abort = new AbortController();
  readonly #serving: Promise<void>;
  #server: Deno.HttpServer<Deno.NetAddr>;

  /**
   * Starts to listen.
   *
   * @param routes The paths.
   * @param address Where to listen.
   * @throws {ConfigError} If the address cannot be listened on.
   */
  constructor(routes: Routes, address: ListenAddress) {
    this.#routes = routes;
    this.#server = this.#listen(address);
    this.address = { ...address, port: this.#server.addr.port };
    this.#serving = this.#keepServing();
  }

  /**
   * Stops to listen, and gives requests in progress half a second.
   *
   * @returns When the port is free.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const abort = () => this.#abort.abort();
    const cancel = systemClock.setTimer(abort, CLOSE_TIMEOUT);
    this.#close.abort();
    await this.#server.shutdown().finally(cancel);
    await this.#serving;
  }

  async #keepServing(): Promise<void> {
    const { signal } = this.#close;
    const address = formatAddress(this.address);
    while (!signal.aborted) {
      try {
        await this.#server.finished;
      } catch (error) {
        getLogger("run").error("Server failed, restarting", { address, error });
        await this.#restart();
      }
    }
  }

  async #restart(): Promise<void> {
    const { signal } = this.#close;
    while (!signal.aborted) {
      try {
        await sleep(RESTART_DELAY, { signal });
        this.#server = this.#listen(this.address);
        const address = formatAddress(this.address);
        getLogger("run").info("Serving again", { address });
        return;
      } catch {
        // Closed meanwhile, or the port is taken: that may pass.
      }
    }
  }

  #listen(address: ListenAddress): Deno.HttpServer<Deno.NetAddr> {
    const { port, hostname = "0.0.0.0" } = address;
    const options = { port, hostname, onListen, onError };
    return listen(
      address,
      () => Deno.serve(options, (request) => this.#answer(request)),
    );
  }

  /** Aborting `Deno.serve` after `shutdown()` throws, so bound each answer. */
  async #answer(request: Request): Promise<Response> {
    return await boundedCall(() => route(this.#routes, request), {
      timeout: ANSWER_TIMEOUT,
      clock: systemClock,
      signal: this.#abort.signal,
    });
  }
}

async function route(routes: Routes, request: Request): Promise<Response> {
  const answer = routes.get(new URL(request.url).pathname);
  if (answer === undefined) {
    return new Response("Not found\n", { status: STATUS_CODE.NotFound });
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response("Method not allowed\n", {
      status: STATUS_CODE.MethodNotAllowed,
      headers: { allow: "GET, HEAD" },
    });
  }
  return await answer();
}

/** Deno would print the address to standard output. */
function onListen(): void {}

function onError(error: unknown): Response {
  getLogger("run").error("Cannot answer a request", { error });
  const status = STATUS_CODE.InternalServerError;
  return new Response("Internal server error\n", { status });
}
