import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { diff, format, withSuffix } from "./message.ts";

type ArrayLikeArg<T> = ArrayLike<T> & object;

export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (expected.test(actual)) return;
  throw new AssertionError(
    withSuffix(`Expected actual: "${actual}" to match: "${expected}"`, msg),
  );
}

export function assertNotMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (!expected.test(actual)) return;
  throw new AssertionError(
    withSuffix(`Expected actual: "${actual}" to not match: "${expected}"`, msg),
  );
}

export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(
    withSuffix(`Expected actual: "${actual}" to contain: "${expected}"`, msg),
  );
}

export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<T>,
  msg?: string,
): void {
  const missing = Array.from(expected).filter((wanted) =>
    !Array.from(actual).some((item) => equal(item, wanted))
  );
  if (missing.length === 0) return;
  const message = `Expected actual: "${format(actual)}" to include: "${
    format(expected)
  }"`;
  throw new AssertionError(
    `${withSuffix(message, msg)}\nmissing: ${format(missing)}`,
  );
}

export function assertObjectMatch(
  actual: object,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  if (includes(actual, expected)) return;
  throw new AssertionError(
    `${withSuffix("Values are not equal", msg)}\n${diff(actual, expected)}`,
  );
}

/** Whether everything in `expected` is in `actual`, at any depth. */
function includes(actual: unknown, expected: unknown): boolean {
  if (!isPlain(actual) || !isPlain(expected)) return equal(actual, expected);
  if (Array.isArray(actual) !== Array.isArray(expected)) return false;
  return Object.keys(expected).every((key) =>
    key in actual && includes(Reflect.get(actual, key), expected[key])
  );
}

function isPlain(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null &&
    !(value instanceof RegExp) && !(value instanceof Date) &&
    !(value instanceof Map) && !(value instanceof Set);
}
