/** Why Deno could not make a binary, where it is not the program's fault. */
const NO_RUNTIME_REGEXP = /Setting up base binary|denort/;

/** The first words of a program that has no cluster and knows no such flag. */
const OWN_WORDS_REGEXP = /ConfigError: (Cannot .*)/;

/** The runtime that goes into a binary is not to be had. */
export class NoRuntimeError extends Error {
  override readonly name = "NoRuntimeError";

  /**
   * Says in one sentence what to do.
   *
   * @param program What was to be compiled.
   */
  constructor(program: string) {
    super(
      `Cannot compile "${program}": Deno's runtime for binaries could not be fetched from dl.deno.land; try again with a network, or name a copy by DENORT_BIN`,
    );
  }
}

/**
 * Says why `deno compile` failed.
 *
 * @param name The example.
 * @param output What it printed.
 * @returns A {@linkcode NoRuntimeError}, or all that Deno said if the program is
 * at fault.
 */
export function compileFailure(name: string, output: string): Error {
  return NO_RUNTIME_REGEXP.test(output)
    ? new NoRuntimeError(name)
    : new Error(`Cannot compile "${name}":\n${output.trim()}`);
}

/**
 * Runs a program of an operator in an empty environment with a flag that does not
 * exist: it must start, and end with its own words.
 *
 * @param path The program.
 * @param args Arguments before that flag.
 * @returns What it said.
 * @throws {Error} If it did not get that far.
 */
export async function firstWords(
  path: string,
  args: readonly string[] = [],
): Promise<string> {
  // Deno itself may have to find packages elsewhere.
  const registry = Deno.env.get("JSR_URL");
  const { code, stdout, stderr } = await new Deno.Command(path, {
    args: [...args, "--no-such-flag"],
    clearEnv: true,
    env: { NO_COLOR: "1", ...registry !== undefined && { JSR_URL: registry } },
    stdin: "null",
  }).output();
  const said = [stdout, stderr]
    .map((bytes) => new TextDecoder().decode(bytes))
    .join("").trim();
  const [, words] = OWN_WORDS_REGEXP.exec(said) ?? [];
  if (words !== undefined && code === 1) return words;
  throw new Error(`Cannot run "${path}": it ended with ${code}: ${said}`);
}
