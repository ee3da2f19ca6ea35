import { connectionErrorFrom } from "./connection_error.ts";
import type { Deadline } from "./deadline.ts";

/** Options of {@linkcode streamBody}. */
export interface StreamBodyOptions {
  /** What ends the stream early; cleared at its end. */
  readonly deadline: Deadline;
  /** The origin of the server, for messages. */
  readonly origin: string;
}

/**
 * Hands on the body of a response, and lets go of everything at its end.
 *
 * Nothing is read ahead of the consumer. A broken connection becomes a
 * `ConnectionError`; an abort rejects with its reason.
 *
 * @example Hand on a body
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { startDeadline } from "./deadline.ts";
 * import { streamBody } from "./stream_body.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const body = streamBody(new Response("text").body, {
 *   deadline: startDeadline({ timeout: 1_000, clock: systemClock }),
 *   origin: "https://10.0.0.1:6443",
 * });
 * assertEquals(await new Response(body).text(), "text");
 * ```
 *
 * @param body The body; `null` is an empty one.
 * @param options What to let go of, and the server.
 * @returns The stream.
 */
export function streamBody(
  body: ReadableStream<Uint8Array> | null,
  { deadline, origin }: StreamBodyOptions,
): ReadableStream<Uint8Array> {
  const reader = body?.getReader();
  const { signal } = deadline;
  // Deno's fetch may miss an abort; to cancel the body always works.
  const abort = (): void => void reader?.cancel(signal.reason).catch(() => {});
  const end = (): void => {
    signal.removeEventListener("abort", abort);
    deadline.clear();
  };
  signal.addEventListener("abort", abort, { once: true });
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const chunk = await reader?.read();
        signal.throwIfAborted();
        if (chunk !== undefined && !chunk.done) {
          controller.enqueue(chunk.value);
          return;
        }
        end();
        controller.close();
      } catch (error) {
        end();
        throw signal.aborted
          ? signal.reason
          : connectionErrorFrom(error, origin);
      }
    },
    async cancel(reason) {
      end();
      // A body that has failed already has nothing to cancel.
      await reader?.cancel(reason).catch(() => {});
    },
  }, { highWaterMark: 0 });
}
