/**
 * Stand-in for `jsr:@std/assert` where JSR cannot be reached: the same names
 * and verdicts, messages a little plainer.
 *
 * @module
 */

export { AssertionError } from "./assertion_error.ts";
export * from "./contents.ts";
export { equal } from "./equal.ts";
export * from "./errors.ts";
export * from "./numbers.ts";
export * from "./values.ts";
