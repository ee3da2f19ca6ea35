import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { diff, format, withSuffix } from "./message.ts";

type Falsy = false | 0 | 0n | "" | null | undefined;

export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

export function fail(msg?: string): never {
  throw new AssertionError(withSuffix("Failed assertion", msg));
}

export function unreachable(msg?: string): never {
  throw new AssertionError(withSuffix("Unreachable", msg));
}

export function unimplemented(msg?: string): never {
  throw new AssertionError(withSuffix("Unimplemented", msg));
}

export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(
    `${withSuffix("Values are not equal", msg)}\n${diff(actual, expected)}`,
  );
}

export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    withSuffix(
      `Expected actual: ${format(actual)} not to be: ${format(expected)}`,
      msg,
    ),
  );
}

export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  throw new AssertionError(
    `${withSuffix("Values are not strictly equal", msg)}\n${
      diff(actual, expected)
    }`,
  );
}

export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!Object.is(actual, expected)) return;
  throw new AssertionError(
    withSuffix(
      `Expected "actual" to not be strictly equal to: ${format(actual)}`,
      msg,
    ),
  );
}

export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(
    withSuffix(`Expected actual: "${actual}" to not be null or undefined`, msg),
  );
}

export function assertInstanceOf<T>(
  actual: unknown,
  expectedType: abstract new (...args: never[]) => T,
  msg?: string,
): asserts actual is T {
  if (actual instanceof expectedType) return;
  throw new AssertionError(
    withSuffix(
      `Expected object to be an instance of "${expectedType.name}" but was "${
        format(actual)
      }"`,
      msg,
    ),
  );
}

export function assertNotInstanceOf<A, T>(
  actual: A,
  unexpectedType: abstract new (...args: never[]) => T,
  msg?: string,
): asserts actual is Exclude<A, T> {
  if (!(actual instanceof unexpectedType)) return;
  throw new AssertionError(
    withSuffix(
      `Expected object to not be an instance of "${unexpectedType.name}"`,
      msg,
    ),
  );
}
