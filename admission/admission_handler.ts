import { STATUS_CODE } from "@std/http";
import { getLogger } from "../core/telemetry/logger.ts";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { admissionMetrics as metrics } from "./admission_metrics.ts";
import { ConcurrencyLimit } from "./concurrency_limit.ts";
import { BodyReader } from "./read_body.ts";
import { Refusal } from "./refusal.ts";
import { readTimeout, RequestDeadline } from "./request_deadline.ts";
import type { ReviewReply, Webhook } from "./webhook.ts";

/** Options of {@linkcode admissionHandler}. */
export interface AdmissionHandlerOptions {
  /**
   * How large a body may be, in bytes. A review of an update holds two
   * objects, and an object may have 3 MiB.
   *
   * @default {7_340_032} 7 MiB
   */
  readonly maxBodyBytes?: number;
  /**
   * How long a body may take to arrive, in milliseconds.
   *
   * @default {10_000}
   */
  readonly bodyTimeout?: number;
  /**
   * How many handlers run at a time; as many requests wait, others are
   * answered with 503.
   *
   * @default {1_000}
   */
  readonly concurrency?: number;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock;
}

/** Answers a request; never rejects. */
export type AdmissionHandler = (request: Request) => Promise<Response>;

interface Parts {
  readonly bodies: BodyReader;
  readonly limit: ConcurrencyLimit;
  readonly clock: Clock;
}

const JSON_TYPE = { "content-type": "application/json" };
const JSON_TYPE_REGEXP = /^\s*application\/json\s*(?:;|$)/i;

/**
 * Makes a function that answers the requests of API servers, to mount in any
 * server, and to test webhooks without one.
 *
 * Where there is no review in the answer, `failurePolicy` decides: 400 for a
 * malformed body, 404, 405, 408 and 413 for a body too slow and too large, 415,
 * 500 when a handler throws, 503 when too many wait, 504 when a handler takes
 * longer than the API server waits.
 *
 * @example Ask a webhook without a server
 * ```ts
 * import { admissionHandler, allow, anyKind, validatingWebhook } from "@koprs/koprs/admission";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = admissionHandler([validatingWebhook(anyKind, () => allow())]);
 * const response = await handler(new Request("http://localhost/validate"));
 * assertEquals(response.status, 405);
 * assertEquals(response.headers.get("allow"), "POST");
 * ```
 *
 * @param webhooks The webhooks, each with a path of its own.
 * @param options Limits, metrics.
 * @returns The function.
 * @throws {TypeError} If two webhooks have one path.
 */
export function admissionHandler(
  webhooks: readonly Webhook[],
  options: AdmissionHandlerOptions = {},
): AdmissionHandler {
  const { clock = systemClock, concurrency = 1_000 } = options;
  const routes = routesOf(webhooks);
  const parts: Parts = {
    clock,
    limit: new ConcurrencyLimit(concurrency),
    bodies: new BodyReader({
      maxBytes: options.maxBodyBytes ?? 7 * 1024 * 1024,
      timeout: options.bodyTimeout ?? 10_000,
      clock,
    }),
  };
  return async (request) => {
    const { path, query } = splitUrl(request.url);
    const webhook = routes.get(path);
    if (webhook === undefined) {
      await parts.bodies.discard(request);
      return refuse(new Refusal(STATUS_CODE.NotFound, "Not found"));
    }
    metrics.inFlight.inc({ webhook: path });
    const timeout = readTimeout(query, webhook.timeout);
    const deadline = new RequestDeadline({ timeout, clock });
    let status: number = STATUS_CODE.OK;
    let isDenied = false;
    try {
      const reply = await review(request, { webhook, deadline, parts });
      isDenied = reply.isDenied;
      return new Response(JSON.stringify(reply.review), { headers: JSON_TYPE });
    } catch (error) {
      const response = fail(error, path);
      status = response.status;
      return response;
    } finally {
      count(path, { status, isDenied, duration: deadline.elapsed });
    }
  };
}

function count(webhook: string, answer: {
  readonly status: number;
  readonly isDenied: boolean;
  readonly duration: number;
}): void {
  metrics.inFlight.dec({ webhook });
  metrics.requests.inc({ webhook, code: `${answer.status}` });
  metrics.latency.observe({ webhook }, answer.duration / 1_000);
  if (answer.isDenied) metrics.denials.inc({ webhook });
}

async function review(
  request: Request,
  { webhook, deadline, parts }: {
    readonly webhook: Webhook;
    readonly deadline: RequestDeadline;
    readonly parts: Parts;
  },
): Promise<ReviewReply> {
  const refusal = refusalOfHead(request);
  if (refusal !== undefined) {
    await parts.bodies.discard(request);
    throw refusal;
  }
  const body = parse(await parts.bodies.read(request));
  const turn = parts.limit.enter();
  if (turn !== undefined) await turn;
  try {
    const reply = webhook.review(body, deadline);
    return reply instanceof Promise ? await deadline.wait(reply) : reply;
  } finally {
    parts.limit.leave();
  }
}

function refusalOfHead({ method, headers }: Request): Refusal | undefined {
  if (method !== "POST") {
    return new Refusal(STATUS_CODE.MethodNotAllowed, "Method not allowed");
  }
  const type = headers.get("content-type");
  if (type !== "application/json" && !JSON_TYPE_REGEXP.test(type ?? "")) {
    return new Refusal(
      STATUS_CODE.UnsupportedMediaType,
      "The content type has to be application/json",
    );
  }
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    return new Refusal(
      STATUS_CODE.UnsupportedMediaType,
      "The body must not be compressed",
    );
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(STATUS_CODE.BadRequest, "The body is not JSON");
  }
}

/** The answer to a failure; what went wrong inside stays in the log. */
function fail(error: unknown, webhook: string): Response {
  if (error instanceof Refusal) {
    const { status, message } = error;
    const properties = { webhook, status, reason: message };
    getLogger("admission").warning("Refused a request", properties);
    return refuse(error);
  }
  getLogger("admission").error("Webhook failed", { webhook, error });
  return refuse(
    new Refusal(STATUS_CODE.InternalServerError, "The webhook failed"),
  );
}

function refuse({ status, message }: Refusal): Response {
  const headers = new Headers({ "content-type": "text/plain; charset=utf-8" });
  if (status === STATUS_CODE.MethodNotAllowed) headers.set("allow", "POST");
  if (status === STATUS_CODE.ServiceUnavailable) {
    headers.set("retry-after", "1");
  }
  return new Response(`${message}\n`, { status, headers });
}

function routesOf(
  webhooks: readonly Webhook[],
): ReadonlyMap<string, Webhook> {
  const routes = new Map<string, Webhook>();
  for (const webhook of webhooks) {
    if (routes.has(webhook.path)) {
      throw new TypeError(
        `Cannot serve two webhooks at "${webhook.path}": set another path`,
      );
    }
    routes.set(webhook.path, webhook);
  }
  return routes;
}

/** Cheaper than a `URL`; the runtime has normalized the text. */
function splitUrl(
  url: string,
): { readonly path: string; readonly query: string } {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("?", start);
  return end < 0
    ? { path: url.slice(start), query: "" }
    : { path: url.slice(start, end), query: url.slice(end + 1) };
}
