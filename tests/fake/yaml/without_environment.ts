import process from "node:process";

/**
 * Runs a function that sees no environment variables.
 *
 * The YAML library looks for two that are for those who debug it. Deno would
 * want a permission for that, which nobody else needs.
 *
 * @typeParam R What the function returns.
 * @param run The function; what it awaits sees the variables again.
 * @returns What it returned.
 */
export function withoutEnvironment<R>(run: () => R): R {
  const { env } = process;
  process.env = {};
  try {
    return run();
  } finally {
    process.env = env;
  }
}
