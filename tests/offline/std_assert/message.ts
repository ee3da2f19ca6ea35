import { AssertionError as NodeAssertionError } from "node:assert";
import { inspect } from "node:util";

/** Joins a message and the caller's own, as `@std/assert` does. */
export function withSuffix(message: string, own?: string): string {
  return `${message}${own ? `: ${own}` : "."}`;
}

/** Writes a value for a message. */
export function format(value: unknown): string {
  return inspect(value, { depth: 100, sorted: true });
}

/** What differs between two values, line by line. */
export function diff(actual: unknown, expected: unknown): string {
  return new NodeAssertionError({
    actual,
    expected,
    operator: "deepStrictEqual",
  }).message;
}
