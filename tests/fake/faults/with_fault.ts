import { STATUS_CODE } from "@std/http";
import type { Clock } from "../../../core/timing/clock.ts";
import { StatusError } from "../http/status_error.ts";
import { brokenAfter, inChunks } from "./faulty_body.ts";
import type { FailAnswer, FaultEffect } from "./fault_rule.ts";

/** What a fault needs to know of the server. */
export interface FaultContext {
  /** The request. */
  readonly request: Request;
  /** The time. */
  readonly clock: Clock;
  /** Aborted when the server goes. */
  readonly signal: AbortSignal;
  /** Answers a request as if there were no fault, or with a failure. */
  perform(request: Request, fault?: Error): Promise<Response>;
}

const REASONS: Readonly<Record<number, string>> = {
  [STATUS_CODE.Unauthorized]: "Unauthorized",
  [STATUS_CODE.Forbidden]: "Forbidden",
  [STATUS_CODE.NotFound]: "NotFound",
  [STATUS_CODE.Conflict]: "Conflict",
  [STATUS_CODE.Gone]: "Expired",
  [STATUS_CODE.TooManyRequests]: "TooManyRequests",
  [STATUS_CODE.ServiceUnavailable]: "ServiceUnavailable",
  [STATUS_CODE.GatewayTimeout]: "Timeout",
};

/**
 * Answers a request that a fault has hit.
 *
 * @param effect What happens to it.
 * @param context The request and the server.
 * @returns The answer, which may break while it is read.
 */
export async function withFault(
  effect: FaultEffect,
  { request, clock, signal, perform }: FaultContext,
): Promise<Response> {
  if ("fail" in effect) return await perform(request, failure(effect.fail));
  if ("delay" in effect) {
    await waited(clock, effect.delay, signal);
    return await perform(request);
  }
  if ("hang" in effect) {
    // Its caller gives up by itself; to ask for that would make Deno warn.
    await aborted([signal]);
    return new Response(null, { status: STATUS_CODE.ServiceUnavailable });
  }
  if ("drop" in effect) {
    if (effect.drop === "answer") {
      const response = await perform(request);
      await response.body?.cancel();
    }
    return dropped();
  }
  if ("staleList" in effect) {
    return await perform(staleRequest(request, effect.staleList));
  }
  const { body, status, headers } = await perform(request);
  if (body === null) return new Response(null, { status, headers });
  const faulty = "truncateAt" in effect
    ? brokenAfter(body, effect.truncateAt)
    : inChunks(body, effect.splitAt);
  return new Response(faulty, { status, headers });
}

function failure(fail: number | FailAnswer): StatusError {
  const { code, reason, message = "injected fault", retryAfterSeconds } =
    typeof fail === "number" ? answerOf(fail) : fail;
  return new StatusError(message, {
    code,
    reason: reason ?? REASONS[code] ?? "InternalError",
    details: retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  });
}

function answerOf(code: number): FailAnswer {
  return { code };
}

/** Headers cannot be held back, so the connection breaks right after them. */
function dropped(): Response {
  return new Response(brokenAfter(new Response(" ").body, 0));
}

function staleRequest(request: Request, resourceVersion: string): Request {
  const url = new URL(request.url);
  if (url.searchParams.has("continue")) return request;
  url.searchParams.set("resourceVersion", resourceVersion);
  url.searchParams.set("resourceVersionMatch", "Exact");
  return new Request(url, request);
}

async function waited(
  clock: Clock,
  delay: number,
  signal: AbortSignal,
): Promise<void> {
  const late = new AbortController();
  const cancel = clock.setTimer(() => late.abort(), delay);
  await aborted([late.signal, signal]);
  cancel();
}

/** Waits for the first of several signals, and leaves no listener. */
async function aborted(signals: readonly AbortSignal[]): Promise<void> {
  if (signals.some(({ aborted }) => aborted)) return;
  const done = Promise.withResolvers<void>();
  const listener = () => done.resolve();
  for (const signal of signals) signal.addEventListener("abort", listener);
  await done.promise;
  for (const signal of signals) signal.removeEventListener("abort", listener);
}
