import { ConnectionError } from "./connection_error.ts";
import type { ApiRequest } from "./transport.ts";

/**
 * Parses an answer that must be JSON; a failure quotes nothing of it.
 *
 * @example Parse an answer
 * ```ts
 * import { parseAnswer } from "./parse_answer.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const request = { method: "GET", path: "/version" } as const;
 * assertEquals(parseAnswer(request, '{"major":"1"}'), { major: "1" });
 * assertThrows(() => parseAnswer(request, "<html>"), Error, "it is no JSON");
 * ```
 *
 * @param request The request, for the message.
 * @param text The answer.
 * @returns The value.
 * @throws {ConnectionError} If it is no JSON, as that of a proxy.
 */
export function parseAnswer(
  { method, path }: Pick<ApiRequest, "method" | "path">,
  text: string,
): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectionError(
      `Cannot read the answer to ${method} ${path}: it is no JSON`,
      { kind: "other" },
    );
  }
}
