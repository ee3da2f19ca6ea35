import type { Fetch } from "../core/client/http_request.ts";

/** Makes the answer to one request. */
export type Answer = () => Promise<Response>;

/**
 * Answers well.
 *
 * @returns The answer.
 */
export function ok(): Answer {
  return () => Promise.resolve(new Response("ok"));
}

/**
 * Answers with a refusal.
 *
 * @param status The HTTP status code.
 * @param headers The headers.
 * @returns The answer.
 */
export function refused(
  status: number,
  headers: Record<string, string> = {},
): Answer {
  return () => Promise.resolve(new Response("no", { status, headers }));
}

/**
 * Makes a `fetch` that gives answers in order and notes what was asked.
 *
 * @param answers The answers.
 * @returns The function and its notes.
 */
export function scripted(answers: readonly Answer[]): {
  fetch: Fetch;
  calls: { url: string; init: Parameters<Fetch>[1] }[];
} {
  const calls: { url: string; init: Parameters<Fetch>[1] }[] = [];
  const fetch: Fetch = (url, init) => {
    calls.push({ url, init });
    return answers[calls.length - 1]?.() ??
      Promise.reject(new Error("asked too often"));
  };
  return { fetch, calls };
}
