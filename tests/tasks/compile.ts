/**
 * `deno task compile EXAMPLE`: makes a single binary of an example, with the
 * permissions that its program needs in a Pod, and runs it once.
 *
 * @module
 */
import { EXAMPLES } from "../../examples/catalog.ts";
import { runDeno } from "../offline/deno_command.ts";
import { compileFailure, firstWords } from "./compiled_program.ts";

const FOLDER = ".cache/compiled";

async function compile(name: string): Promise<string> {
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
  if (!compiled.success) throw new Error(compileFailure(name, compiled.output));
  const words = await firstWords(output);
  const { size } = await Deno.stat(output);
  return `${output}: ${
    (size / 2 ** 20).toFixed(0)
  } MiB; it runs, and says "${words}"`;
}

if (import.meta.main) {
  try {
    // deno-lint-ignore no-console
    console.log(await compile(Deno.args[0] ?? ""));
  } catch (error) {
    // deno-lint-ignore no-console
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
