/**
 * Deep equality as `@std/assert` has it: `0` equals `-0`, a member that is
 * `undefined` differs from no member, objects without prototype equal plain
 * ones, and the order of keys does not matter.
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

type Seen = Map<object, object>;

function compare(a: unknown, b: unknown, seen: Seen): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || prototype(a) !== prototype(b)) {
    return false;
  }
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Date) return Object.is(+a, +(b as Date));
  if (
    a instanceof RegExp || a instanceof URL || a instanceof URLSearchParams
  ) return String(a) === String(b);
  if (a instanceof ArrayBuffer) {
    return sameMembers(
      new Uint8Array(a),
      new Uint8Array(b as ArrayBuffer),
      seen,
    );
  }
  if (a instanceof Set) return sameSet(a, b as Set<unknown>, seen);
  if (a instanceof Map) return sameMap(a, b as Map<unknown, unknown>, seen);
  return sameMembers(a, b, seen);
}

function sameSet(a: Set<unknown>, b: Set<unknown>, seen: Seen): boolean {
  return a.size === b.size &&
    [...a].every((x) => b.has(x) || [...b].some((y) => compare(x, y, seen)));
}

function sameMap(
  a: Map<unknown, unknown>,
  b: Map<unknown, unknown>,
  seen: Seen,
): boolean {
  return a.size === b.size &&
    [...a].every((entry) =>
      b.has(entry[0])
        ? compare(entry[1], b.get(entry[0]), seen)
        : [...b].some((other) => compare(entry, other, seen))
    );
}

/** Compares own members of plain objects, inherited getters of others too. */
function sameMembers(a: object, b: object, seen: Seen): boolean {
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  const keys = new Set([...memberKeys(a), ...memberKeys(b)]);
  return [...keys].every((key) =>
    key in a && key in b &&
    compare(Reflect.get(a, key), Reflect.get(b, key), seen)
  );
}

function memberKeys(value: object): PropertyKey[] {
  if (ArrayBuffer.isView(value)) return Object.keys(value);
  const keys: PropertyKey[] = [];
  let from: object | null = value;
  while (
    from !== null && from !== Object.prototype && from !== Array.prototype
  ) {
    keys.push(...Reflect.ownKeys(from));
    from = Object.getPrototypeOf(from);
  }
  return keys;
}

function prototype(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
