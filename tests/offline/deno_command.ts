/** How a command ended. */
export interface CommandResult {
  /** Whether it succeeded. */
  readonly success: boolean;
  /** All it printed. */
  readonly output: string;
}

/**
 * Runs Deno and keeps what it prints.
 *
 * @param args Its arguments.
 * @param options Working directory and environment.
 * @returns Success and output.
 */
export async function runDeno(
  args: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env"> = {},
): Promise<CommandResult> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    ...options,
    args: [...args],
    stdin: "null",
  }).output();
  const output = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { success, output: output.join("") };
}
