import { AssertionError } from "./assertion_error.ts";
import { format, withSuffix } from "./message.ts";

export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) refuse(actual, ">", expected, msg);
}

export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!(actual >= expected)) refuse(actual, ">=", expected, msg);
}

export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) refuse(actual, "<", expected, msg);
}

export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!(actual <= expected)) refuse(actual, "<=", expected, msg);
}

export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ??
    (isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (Math.abs(expected - actual) <= allowed) return;
  throw new AssertionError(
    withSuffix(
      `Expected actual: "${actual}" to be close to "${expected}" within "${allowed}"`,
      msg,
    ),
  );
}

function refuse(
  ...[actual, operator, expected, msg]: [unknown, string, unknown, string?]
): never {
  throw new AssertionError(
    msg ?? `Expect ${format(actual)} ${operator} ${format(expected)}`,
  );
}
