import { AssertionError } from "./assertion_error.ts";
import { withSuffix } from "./message.ts";

type ErrorType<E> = abstract new (...args: never[]) => E;

export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: ErrorType<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(
      withSuffix(`Expected "error" to be an Error object`, msg),
    );
  }
  if (ErrorClass && !(error instanceof ErrorClass)) {
    throw new AssertionError(withSuffix(
      `Expected error to be instance of "${ErrorClass.name}", but was "${error.constructor.name}"`,
      msg,
    ));
  }
  const matches = msgMatches instanceof RegExp
    ? msgMatches.test(error.message)
    : error.message.includes(msgMatches ?? "");
  if (!matches) {
    throw new AssertionError(withSuffix(
      `Expected error message to include ${
        JSON.stringify(String(msgMatches))
      }, but got ${JSON.stringify(error.message)}`,
      msg,
    ));
  }
}

export function assertThrows(fn: () => unknown, msg?: string): unknown;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorType<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  ...rest: Expectation
): unknown {
  try {
    fn();
  } catch (error) {
    return checked(error, rest);
  }
  throw new AssertionError(
    withSuffix("Expected function to throw", ownMessage(rest)),
  );
}

export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorType<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  ...rest: Expectation
): Promise<unknown> {
  const own = ownMessage(rest);
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch {
    promise = undefined as never;
  }
  if (typeof promise?.then !== "function") {
    throw new AssertionError(
      withSuffix("Function throws when expected to reject", own),
    );
  }
  try {
    await promise;
  } catch (error) {
    return checked(error, rest);
  }
  throw new AssertionError(withSuffix("Expected function to reject", own));
}

type Expectation = [(ErrorType<Error> | string)?, string?, string?];

function ownMessage([first, , msg]: Expectation): string | undefined {
  return typeof first === "string" ? first : msg;
}

function checked(error: unknown, [first, includes, msg]: Expectation): unknown {
  if (typeof first === "function") assertIsError(error, first, includes, msg);
  return error;
}
