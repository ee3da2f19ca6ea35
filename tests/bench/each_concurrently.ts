/**
 * Does something with each item, some at a time.
 *
 * @param items The items.
 * @param options How many at a time, and what is done.
 */
export async function eachConcurrently<T>(
  items: Iterable<T>,
  { width = 16, task }: {
    readonly width?: number;
    readonly task: (item: T) => Promise<unknown>;
  },
): Promise<void> {
  const queue = items[Symbol.iterator](); // shared: each item is taken once
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      await task(next.value);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
