import { EXAMPLES } from "../../examples/catalog.ts";
import { runDeno } from "../offline/deno_command.ts";
import { compileFailure, firstWords } from "./compiled_program.ts";

const FOLDER = ".cache/compiled";

/**
 * Makes a single binary of an example, with the permissions that its program
 * needs in a Pod, and runs it once.
 *
 * Needs `--allow-read`, `--allow-write=.cache` and `--allow-run`.
 *
 * @param name The example.
 * @returns Where the binary is, how large, and what it said.
 * @throws {NoRuntimeError} If Deno's runtime for binaries cannot be fetched.
 * @throws {Error} If there is no such example, or it does not compile or run.
 */
export async function compileExample(name: string): Promise<string> {
  const example = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : undefined;
  if (example === undefined) {
    const names = Object.keys(EXAMPLES).join(", ");
    throw new Error(`Cannot compile "${name}": name one of ${names}`);
  }
  const output = `${FOLDER}/${name}`;
  await Deno.mkdir(FOLDER, { recursive: true });
  const compiled = await runDeno([
    "compile",
    "--no-prompt",
    ...example.program,
    `--output=${output}`,
    `examples/${name}/main.ts`,
  ]);
  if (!compiled.success) throw compileFailure(name, compiled.output);
  const words = await firstWords(output);
  const { size } = await Deno.stat(output);
  return `${output}: ${
    (size / 2 ** 20).toFixed(0)
  } MiB; it runs, and says "${words}"`;
}
