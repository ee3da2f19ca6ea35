import type { ScriptedEvent, ScriptedExchange } from "./scripted_exchange.ts";

const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  410: "Expired",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/**
 * Makes the answer to a request.
 *
 * @param exchange The script of the request.
 * @param signal Ends a watch.
 * @returns The answer.
 */
export function scriptedReply(
  exchange: ScriptedExchange,
  signal: AbortSignal | undefined,
): Response {
  const { status = 200, reply, replyHeaders, events } = exchange;
  const headers = { "content-type": "application/json", ...replyHeaders };
  if (events !== undefined) {
    return new Response(watchBody(events, signal), { status, headers });
  }
  const body = typeof reply === "string"
    ? reply
    : JSON.stringify(reply ?? (status < 400 ? {} : failure(status)));
  return new Response(body, { status, headers });
}

function failure(code: number): object {
  const reason = REASONS[code] ?? "";
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `the script says ${code} ${reason}`.trimEnd(),
    reason,
    code,
  };
}

/** Lines of JSON; an abort ends them, as it ends a real answer. */
function watchBody(
  events: Iterable<ScriptedEvent> | AsyncIterable<ScriptedEvent>,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const iterator = Symbol.asyncIterator in events
    ? events[Symbol.asyncIterator]()
    : events[Symbol.iterator]();
  const encoder = new TextEncoder();
  let onAbort = () => {};
  const end = () => {
    signal?.removeEventListener("abort", onAbort);
    // Not awaited: a generator that waits for ever never says that it ended.
    void iterator.return?.();
  };
  return new ReadableStream({
    start(controller) {
      onAbort = () => {
        controller.error(signal?.reason);
        end();
      };
      if (signal?.aborted) onAbort();
      else signal?.addEventListener("abort", onAbort, { once: true });
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (signal?.aborted) return;
      if (done !== true) {
        controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
        return;
      }
      end();
      controller.close();
    },
    cancel: end,
  });
}
