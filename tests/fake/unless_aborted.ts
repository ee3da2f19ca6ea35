/**
 * Waits for an answer as `fetch` does: until its caller gives up.
 *
 * @param signal Tells that the caller gives up.
 * @param answer The answer.
 * @returns The answer; rejects with the reason of the signal.
 */
export async function unlessAborted(
  signal: AbortSignal,
  answer: Promise<Response>,
): Promise<Response> {
  signal.throwIfAborted();
  const given = Promise.withResolvers<never>();
  const giveUp = () => given.reject(signal.reason);
  signal.addEventListener("abort", giveUp);
  try {
    return await Promise.race([answer, given.promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

/**
 * Breaks the body of an answer when its caller gives up.
 *
 * @param signal Tells that the caller gives up.
 * @param answer The answer.
 * @returns The answer with such a body.
 */
export function untilAborted(signal: AbortSignal, answer: Response): Response {
  const { body, status, headers } = answer;
  if (body === null) return answer;
  const until = body.pipeThrough(new TransformStream(), { signal });
  return new Response(until, { status, headers });
}
