/** The parts of a Status that name what is wrong. */
interface Failure {
  readonly message?: unknown;
  readonly details?: { readonly causes?: readonly Cause[] };
}

interface Cause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/**
 * Sorts by a text of each item.
 *
 * @param items The items.
 * @param text The text; JSON without.
 * @returns The same items in an order that does not depend on how they came.
 */
export function sortedByText<T>(
  items: readonly T[],
  text: (item: T) => string = (item) => JSON.stringify(item),
): T[] {
  return items.map((item) => [text(item), item] as const)
    .sort(([a], [b]) => a < b ? -1 : Number(a > b))
    .map(([, item]) => item);
}

/**
 * Brings the causes of a Status into a fixed order, also in its message: the
 * server finds them in maps, which have none.
 *
 * @param status A Status, or any other object.
 * @returns The Status in order; other objects as they are.
 */
export function withSortedCauses<T extends object>(status: T): T {
  const { message, details } = status as Failure; // Only read if it is one.
  const causes = details?.causes;
  if (!Array.isArray(causes) || causes.length < 2) return status;
  // By the field first: messages may hold what differs between runs.
  const sorted = sortedByText(
    causes,
    ({ field, reason, message }) => [field, reason, message].join("\n"),
  );
  return {
    ...status,
    message: sortedMessage(String(message), causes, sorted),
    details: { ...details, causes: sorted },
  };
}

function sortedMessage(
  message: string,
  causes: readonly Cause[],
  sorted: readonly Cause[],
): string {
  const listed = (of: readonly Cause[]) =>
    `[${of.map(({ field, message }) => `${field}: ${message}`).join(", ")}]`;
  return message.replace(listed(causes), () => listed(sorted));
}
