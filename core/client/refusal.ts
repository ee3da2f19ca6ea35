import type { Clock } from "../timing/clock.ts";
import type { ApiError } from "./api_error.ts";
import { apiErrorFromStatus } from "./api_status.ts";
import type { HttpRequest } from "./http_request.ts";
import { readText } from "./read_text.ts";
import { parseRetryAfter } from "./retry_after.ts";

/**
 * Reads the answer of a server that refuses a request.
 *
 * @example Read a refusal
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { refusalOf } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { code, retryAfter } = await refusalOf(
 *   new Response("busy", { status: 429, headers: { "retry-after": "1" } }),
 *   { request: { method: "GET", path: "/version" }, clock: systemClock },
 * );
 * assertEquals([code, retryAfter], [429, 1_000]);
 * ```
 *
 * @param response The answer; its body is read.
 * @param options The request, and the clock for `Retry-After`.
 * @returns The error.
 */
export async function refusalOf(
  response: Response,
  options: {
    readonly request: Pick<HttpRequest, "method" | "path">;
    readonly clock: Clock;
  },
): Promise<ApiError> {
  const { method, path } = options.request;
  const { status: code, headers } = response;
  // The code is known, even if the rest of the answer is lost.
  const limits = { maxSize: 1_048_576, origin: path };
  const text = await readText(response, limits).catch(() => "");
  const retryAfter = parseRetryAfter(headers.get("retry-after"), options.clock);
  return apiErrorFromStatus(
    code < 400 ? "the server redirects, which is not followed" : text,
    { code, method, path, retryAfter },
  );
}
