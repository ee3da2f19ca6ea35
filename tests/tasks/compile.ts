/**
 * `deno task compile EXAMPLE`: makes a single binary of an example and runs it
 * before it says done.
 *
 * @module
 */
import { compileExample } from "./compile_example.ts";

if (import.meta.main) {
  try {
    // deno-lint-ignore no-console
    console.log(await compileExample(Deno.args[0] ?? ""));
  } catch (error) {
    // deno-lint-ignore no-console
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
