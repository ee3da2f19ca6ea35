import { startDeadline } from "../core/client/deadline.ts";
import { getLogger } from "../core/telemetry/logger.ts";
import { systemClock } from "../core/timing/clock.ts";
import { anyJsonBody, type BodyDecoder } from "./body_decoder.ts";
import { EventQueue } from "./event_queue.ts";
import type { ExternalEvent } from "./external_event.ts";
import { BodyError, readBody } from "./read_body.ts";
import type {
  WebhookDelivery,
  WebhookReceiverOptions,
} from "./webhook_receiver_options.ts";
import { isSigned } from "./webhook_signature.ts";

/** Options of {@linkcode WebhookReceiver.events} and {@linkcode WebhookReceiver.run}. */
export interface WebhookReceiverSignal {
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What a request is answered. */
interface Verdict {
  /** HTTP status code. */
  readonly status: number;
  /** What is wrong with it; absent when it was taken. */
  readonly why?: string;
}

const BODY_STATUS = { large: 413, slow: 408, broken: 400 } as const;

/**
 * Receives events that others send, as signed POST requests.
 *
 * What is received is a hint: events wait in memory, one for each key, and may
 * be sent twice; let a poller look now and then as well. Start it with
 * `run([receiver])`, or give its {@linkcode WebhookReceiver.handle} to a server
 * of your own. Needs `--allow-net` for its address.
 *
 * @example Receive an event
 * ```ts
 * import { WebhookReceiver } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const receiver = new WebhookReceiver({ secrets: ["secret"] });
 * const { signal } = new AbortController();
 * const events = receiver.events({ signal });
 * const next = events.next();
 *
 * const signature =
 *   "ce9809fa25c7317cab11ea0557a0879828ddb78f9abf4b261fb3a61c4f83ea90";
 * const { status } = await receiver.handle(
 *   new Request("http://localhost/deploys", {
 *     method: "POST",
 *     headers: { "x-hub-signature-256": `sha256=${signature}` },
 *     body: '{"version":7}',
 *   }),
 * );
 * assertEquals(status, 202);
 * assertEquals((await next).value, {
 *   type: "modified",
 *   key: "/deploys",
 *   object: { version: 7 },
 * });
 * ```
 *
 * @typeParam T The type of a body; of any shape without a decoder.
 */
export class WebhookReceiver<T = unknown> {
  /** What to call it in logs. */
  readonly name: string;
  /** It stops after the controllers that use it. */
  readonly role = "service";
  /** Who does not lead receives as well: its consumers decide. */
  readonly needsLeader = false;
  readonly #options: WebhookReceiverOptions<T>;
  readonly #decode: BodyDecoder<T>;
  readonly #consumers = new Set<EventQueue<T>>();
  #address: Deno.NetAddr | undefined;

  /**
   * Listens to nobody yet.
   *
   * @param options Secrets, and what to make of a request.
   * @throws {TypeError} If a secret is empty.
   */
  constructor(options: WebhookReceiverOptions<T>) {
    const { secrets } = options;
    this.name = options.name ?? "webhook";
    if (typeof secrets !== "function" && !areSecrets(secrets)) {
      throw new TypeError(
        `Cannot make webhook receiver "${this.name}": it needs a secret, and none that is empty`,
      );
    }
    this.#options = options;
    // Without a decoder T is unknown, unless the caller vouches for it.
    this.#decode = options.decode ?? anyJsonBody as BodyDecoder<T>;
  }

  /** Where it listens; `undefined` while it does not. */
  get address(): Deno.NetAddr | undefined {
    return this.#address;
  }

  /**
   * Whether it listens.
   *
   * @returns Whether it does.
   */
  ready(): boolean {
    return this.#address !== undefined;
  }

  /**
   * Serves until the signal aborts.
   *
   * @param options When to stop.
   * @returns When all requests have been answered.
   */
  async run({ signal }: WebhookReceiverSignal): Promise<void> {
    const { port = 8090, hostname = "0.0.0.0" } = this.#options;
    const onListen = (address: Deno.NetAddr): void => {
      this.#address = address;
    };
    const server = Deno.serve(
      { port, hostname, signal, onListen },
      (request) => this.handle(request),
    );
    try {
      await server.finished;
    } finally {
      this.#address = undefined;
    }
  }

  /**
   * Follows what is received, for one consumer.
   *
   * @param options What ends it.
   * @returns What is received from now on, until the signal aborts.
   */
  async *events(
    { signal }: WebhookReceiverSignal,
  ): AsyncIterableIterator<ExternalEvent<T>> {
    const queue = new EventQueue<T>();
    this.#consumers.add(queue);
    try {
      yield* queue.read({ signal });
    } finally {
      this.#consumers.delete(queue);
    }
  }

  /**
   * Answers one request.
   *
   * @param request The request.
   * @returns 202 once its events wait for every consumer; 503 when nobody
   * listens or too much waits, which asks to come again.
   */
  async handle(request: Request): Promise<Response> {
    const { status, why } = await this.#receive(request);
    if (why === undefined) return new Response(null, { status });
    const { name } = this;
    getLogger("external").warning("Webhook refused", { name, status, why });
    const headers = new Headers();
    if (status === 405) headers.set("allow", "POST");
    if (status === 503) headers.set("retry-after", "10");
    return new Response(`${why}\n`, { status, headers });
  }

  async #receive(request: Request): Promise<Verdict> {
    const { method, headers } = request;
    const { maxWaiting = 10_000 } = this.#options;
    if (method !== "POST") return { status: 405, why: "it is no POST" };
    if (headers.has("content-encoding")) {
      return { status: 415, why: "its body is packed" };
    }
    const bytes = await this.#bodyOf(request);
    if (!(bytes instanceof Uint8Array)) return bytes;
    const { signature, secrets: given } = this.#options;
    const secrets = await secretsOf(given);
    if (!areSecrets(secrets)) return { status: 500, why: "there is no secret" };
    if (!await isSigned(bytes, { ...signature, headers, secrets })) {
      return { status: 401, why: "its signature does not fit" };
    }
    const consumers = [...this.#consumers];
    if (consumers.length === 0) return { status: 503, why: "nobody listens" };
    if (consumers.some(({ size }) => size >= maxWaiting)) {
      return { status: 503, why: "too many events wait" };
    }
    let events: ExternalEvent<T>[];
    try {
      const body = await this.#decode(bytes);
      const path = new URL(request.url).pathname;
      const { toEvents = oneChange } = this.#options;
      events = [...toEvents({ path, headers, body })];
    } catch {
      return { status: 400, why: "its body cannot be used" };
    }
    for (const event of events) {
      for (const consumer of consumers) consumer.push(event);
    }
    return { status: 202 };
  }

  /** The body, or what is wrong with it. */
  async #bodyOf(request: Request): Promise<Uint8Array<ArrayBuffer> | Verdict> {
    const { maxBytes = 1 << 20, timeout = 10_000 } = this.#options;
    const { clock = systemClock } = this.#options;
    const deadline = startDeadline({ timeout, clock });
    try {
      const { signal } = deadline;
      const limits = { maxBytes, idleTimeout: timeout, signal, clock };
      return await readBody(request, limits);
    } catch (error) {
      return error instanceof BodyError
        ? { status: BODY_STATUS[error.reason], why: error.message }
        : { status: BODY_STATUS.slow, why: "it is too slow" };
    } finally {
      deadline.clear();
    }
  }
}

async function secretsOf(
  given: WebhookReceiverOptions<unknown>["secrets"],
): Promise<readonly string[]> {
  try {
    return typeof given === "function" ? await given() : given;
  } catch {
    return []; // what was thrown may hold a secret
  }
}

function areSecrets(secrets: readonly string[]): boolean {
  return secrets.length > 0 && secrets.every((secret) => secret !== "");
}

function oneChange<T>(
  { path, body }: WebhookDelivery<T>,
): ExternalEvent<T>[] {
  return [{ type: "modified", key: path, object: body }];
}
