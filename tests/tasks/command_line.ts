/**
 * Reads the command line of a task; prints how it is used for `--help`, and for
 * a mistake, which exits with 2.
 *
 * @param read Reads the arguments; undefined when help is asked for.
 * @param usage What to print.
 * @returns The options.
 */
export function commandLine<T>(
  read: (args: readonly string[]) => T | undefined,
  usage: string,
): T {
  let options: T | undefined;
  try {
    options = read(Deno.args);
  } catch (error) {
    // deno-lint-ignore no-console
    console.error(`${error instanceof Error ? error.message : error}\n`);
    // deno-lint-ignore no-console
    console.error(usage);
    Deno.exit(2);
  }
  if (options !== undefined) return options;
  // deno-lint-ignore no-console
  console.log(usage);
  Deno.exit(0);
}
