/**
 * Does something with each item, some at a time; after a failure no more are
 * begun.
 *
 * @param items The items.
 * @param options How many at a time, and what is done.
 * @returns Resolves when all are done, and nothing goes on.
 * @throws The first failure.
 */
export async function eachConcurrently<T>(
  items: Iterable<T>,
  { width = 16, task }: {
    readonly width?: number;
    readonly task: (item: T) => Promise<unknown>;
  },
): Promise<void> {
  const queue = [...items].values(); // shared: each item is taken once
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (failures.length > 0) return;
      await task(item).catch((error: unknown) => void failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  if (failures.length > 0) throw failures[0];
}
