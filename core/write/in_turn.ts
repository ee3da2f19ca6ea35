const turns = new WeakMap<object, Map<string, Promise<void>>>();

/**
 * Runs functions with the same id one after the other.
 *
 * @typeParam R What the function returns.
 * @param scope Within what the id is unique.
 * @param id What must not happen twice at once.
 * @param run The function.
 * @returns What it returned.
 */
export async function inTurn<R>(
  scope: object,
  id: string,
  run: () => Promise<R>,
): Promise<R> {
  const waiting = turns.get(scope) ?? new Map<string, Promise<void>>();
  turns.set(scope, waiting);
  const before = waiting.get(id);
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.set(id, promise);
  try {
    await before;
    return await run();
  } finally {
    if (waiting.get(id) === promise) waiting.delete(id);
    resolve();
  }
}
