/** How long clients may take to agree to the end, in milliseconds. */
const FAREWELL = 1_000;

/**
 * Waits until WebSockets are closed, but not for clients that do not answer.
 *
 * @param sockets Each resolves when one is closed.
 * @returns Resolves when they are, or after a second.
 */
export async function untilClosed(
  sockets: Iterable<Promise<void>>,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, FAREWELL);
  await Promise.race([Promise.all(sockets), promise]);
  clearTimeout(timer);
}
