/** Fields that identify an item in a list of the kinds of the sequences. */
const MERGE_KEYS = new Set(["containerPort", "name", "port", "type"]);

/**
 * Takes objects and lists out of the merge keys of a strategic merge patch: a
 * kube-apiserver that compares two of them panics and resets the stream, so that
 * there is no answer to compare.
 *
 * @param patch The patch.
 * @returns The patch, with 0 in their place.
 */
export function comparableKeys(patch: unknown): unknown {
  if (Array.isArray(patch)) return patch.map(comparableItem);
  return isObject(patch)
    ? Object.fromEntries(
      Object.entries(patch).map(([name, value]) => [
        name,
        comparableKeys(value),
      ]),
    )
    : patch;
}

function comparableItem(item: unknown): unknown {
  const value = comparableKeys(item);
  if (!isObject(value) || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      MERGE_KEYS.has(name) && isObject(member) ? 0 : member,
    ]),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
