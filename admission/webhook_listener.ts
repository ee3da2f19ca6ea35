import { listen } from "../core/run/listen.ts";
import {
  formatAddress,
  type ListenAddress,
} from "../core/run/listen_address.ts";
import { getLogger } from "../core/telemetry/logger.ts";
import type { Clock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";
import type { CertificatePair } from "./certificate_pair.ts";

/** Options of a {@linkcode WebhookListener}. */
export interface WebhookListenerOptions {
  /** Where it listens. */
  readonly address: ListenAddress;
  /** What answers. */
  readonly handler: (request: Request) => Promise<Response>;
  /** Where time comes from. */
  readonly clock: Clock;
}

/** One `Deno.serve`. */
interface Generation {
  readonly server: Deno.HttpServer<Deno.NetAddr>;
  readonly pair: CertificatePair | undefined;
  /** Answers ask clients for another connection. */
  isLeaving: boolean;
}

/** How long clients are asked to leave by themselves, in milliseconds. */
const LEAVE_TIME = 2_000;

/** A moment is calm when a timer of so many milliseconds is hardly late. */
const CALM = 50;

/** How many moments may pass until none is waited for. */
const MOMENTS = 60;

/** How long to wait before listening again, in milliseconds. */
const RESTART_DELAY = 1_000;

/** How long a port may stay busy after its listener closed, in milliseconds. */
const PORT_PATIENCE = 10_000;

/**
 * Listens with a certificate that can be exchanged.
 *
 * `Deno.serve` cannot: another one has to take its place. With
 * `--unstable-net` both share the port for a moment, in which answers on kept
 * connections carry `connection: close`, so that no request is on its way when
 * they close. Otherwise connections are refused for some milliseconds.
 *
 * `Deno.serve` also ends for good when a connection cannot be accepted, as
 * when there are too many open files; this listens again.
 */
export class WebhookListener {
  readonly #options: WebhookListenerOptions;
  readonly #closing = new AbortController();
  readonly #tasks = new Set<Promise<void>>();
  #address: ListenAddress;
  #current: Generation | undefined;

  /**
   * Makes the listener.
   *
   * @param options Where it listens, and what answers.
   */
  constructor(options: WebhookListenerOptions) {
    this.#options = options;
    this.#address = options.address;
  }

  /** Where it listens; the port is the real one once it does. */
  get address(): ListenAddress {
    return this.#address;
  }

  /** Whether it listens. */
  get isListening(): boolean {
    return this.#current !== undefined && !this.#closing.signal.aborted;
  }

  /**
   * Listens, or goes on with another certificate.
   *
   * @param pair The certificate; none for plain HTTP.
   * @returns When it listens.
   * @throws {ConfigError} If the address cannot be listened on.
   */
  async listen(pair: CertificatePair | undefined): Promise<void> {
    const old = this.#current;
    if (old === undefined) this.#current = this.#start(pair);
    else if (canSharePort()) this.#handOver(old, pair);
    else await this.#restart(old, pair);
  }

  /** Asks clients for other connections, in answers on those that there are. */
  leave(): void {
    if (this.#current !== undefined) this.#current.isLeaving = true;
  }

  /**
   * Listens no longer, and waits for requests in progress.
   *
   * @param deadline When to wait no longer.
   * @returns When they are done, or left behind.
   */
  async close(deadline: AbortSignal): Promise<void> {
    this.#closing.abort();
    const { server } = this.#current ?? {};
    if (server !== undefined) this.#track(server.shutdown());
    const late = Promise.withResolvers<void>();
    const onAbort = (): void => late.resolve();
    if (deadline.aborted) onAbort();
    deadline.addEventListener("abort", onAbort, { once: true });
    await Promise.race([Promise.all(this.#tasks), late.promise]);
    deadline.removeEventListener("abort", onAbort);
    if (this.#tasks.size === 0) return;
    // Nothing closes a connection after shutdown() but its client.
    server?.unref();
    getLogger("admission").warning("Left connections that did not close");
  }

  #handOver(old: Generation, pair: CertificatePair | undefined): void {
    this.#current = this.#start(pair);
    getLogger("admission").info("Handed over to a new certificate");
    this.#track(this.#retire(old));
  }

  async #restart(
    old: Generation,
    pair: CertificatePair | undefined,
  ): Promise<void> {
    this.#track(old.server.shutdown());
    this.#current = undefined;
    try {
      this.#current = await this.#startWhenFree(pair);
    } catch (error) {
      getLogger("admission").error("Going on with the old certificate", {
        error,
      });
      this.#current = await this.#startWhenFree(old.pair);
    }
    getLogger("admission").info(
      "Restarted with a new certificate; run Deno with --unstable-net " +
        "to refuse no connection meanwhile",
    );
  }

  async #retire(old: Generation): Promise<void> {
    old.isLeaving = true;
    const { signal } = this.#closing;
    const { clock } = this.#options;
    await sleep(LEAVE_TIME, { signal, clock }).catch(() => {});
    await this.#untilCalm();
    await old.server.shutdown();
  }

  /**
   * Waits until the program is not held up: before, there may be requests that
   * have arrived and nobody has read, on connections that seem to be idle.
   */
  async #untilCalm(): Promise<void> {
    const { signal } = this.#closing;
    const { clock } = this.#options;
    for (let moment = 0; moment < MOMENTS && !signal.aborted; moment++) {
      const due = clock.now() + CALM;
      await sleep(CALM, { signal, clock }).catch(() => {});
      if (clock.now() < due + CALM / 2) return;
    }
  }

  /** The kernel needs a moment to let go of a port. */
  async #startWhenFree(
    pair: CertificatePair | undefined,
  ): Promise<Generation | undefined> {
    const { signal } = this.#closing;
    const { clock } = this.#options;
    const started = clock.now();
    for (let delay = 1; !signal.aborted; delay = Math.min(delay * 2, 100)) {
      try {
        return this.#serve(pair);
      } catch (error) {
        const isBusy = error instanceof Deno.errors.AddrInUse;
        if (!isBusy || clock.now() - started > PORT_PATIENCE) throw error;
        await sleep(delay, { signal, clock }).catch(() => {});
      }
    }
    return undefined;
  }

  #start(pair: CertificatePair | undefined): Generation {
    return listen(this.#address, () => this.#serve(pair));
  }

  #serve(pair: CertificatePair | undefined): Generation {
    const { port, hostname = "0.0.0.0" } = this.#address;
    const { handler } = this.#options;
    const server = Deno.serve({
      port,
      hostname,
      onListen,
      onError,
      ...pair,
      // Without the flag, Deno ends the process when it sees the option.
      ...pair !== undefined && canSharePort() ? { reusePort: true } : {},
    }, (request) => {
      const response = handler(request);
      return generation.isLeaving ? asLast(response) : response;
    });
    const generation: Generation = { server, pair, isLeaving: false };
    this.#address = { ...this.#address, port: server.addr.port };
    const address = formatAddress(this.#address);
    getLogger("admission").info("Serving webhooks", { address });
    this.#track(this.#keep(generation));
    return generation;
  }

  /** Follows a server to its end, and starts another if it was not asked to. */
  async #keep(generation: Generation): Promise<void> {
    try {
      await generation.server.finished;
    } catch (error) {
      const address = formatAddress(this.#address);
      getLogger("admission").error("Server failed", { address, error });
      if (this.#current === generation) await this.#recover(generation);
    }
  }

  async #recover({ pair }: Generation): Promise<void> {
    const { signal } = this.#closing;
    const { clock } = this.#options;
    this.#current = undefined;
    while (!signal.aborted && this.#current === undefined) {
      await sleep(RESTART_DELAY, { signal, clock }).catch(() => {});
      try {
        this.#current = signal.aborted ? undefined : this.#serve(pair);
      } catch (error) {
        const address = formatAddress(this.#address);
        getLogger("admission").warning("Cannot listen yet", { address, error });
      }
    }
  }

  #track(task: Promise<void>): void {
    const done = task.finally(() => this.#tasks.delete(done));
    this.#tasks.add(done);
  }
}

/** Whether two listeners may have one port, with certificates. */
function canSharePort(): boolean {
  return "listenDatagram" in Deno;
}

async function asLast(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  response.headers.set("connection", "close"); // HTTP/2 has no such header
  return response;
}

/** Deno would print the address to standard output. */
function onListen(): void {}

function onError(error: unknown): Response {
  getLogger("admission").error("Cannot answer a request", { error });
  return new Response("Internal server error\n", { status: 500 });
}
