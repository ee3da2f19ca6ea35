import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { EXAMPLES } from "../../examples/catalog.ts";
import { compileFailure, firstWords } from "./compiled_program.ts";

const OFFLINE = `Check main.ts
Download https://dl.deno.land/release/v2.9.6/denort-x86_64-unknown-linux-gnu.zip
error: Writing deno compile executable to temporary file 'x.tmp'

Caused by:
    0: Setting up base binary.
    1: error sending request`;

Deno.test("compileFailure() is one sentence when the runtime cannot be fetched", () => {
  const { message: said } = compileFailure("greeting", OFFLINE);
  assertEquals(said.split("\n").length, 1);
  assertStringIncludes(said, 'Cannot compile "greeting": Deno\'s runtime');
});

Deno.test("compileFailure() repeats what is wrong with the program", () => {
  const { message: said } = compileFailure(
    "greeting",
    "error: TS2322 [ERROR]: no\n",
  );
  assertEquals(said, 'Cannot compile "greeting":\nerror: TS2322 [ERROR]: no');
});

for (const [name, { program }] of Object.entries(EXAMPLES)) {
  Deno.test(`firstWords() hears ${name} under the permissions of its binary`, async () => {
    const main = new URL(`../../examples/${name}/main.ts`, import.meta.url);
    const flags = ["run", "--no-prompt", "--no-check", ...program];
    const words = await firstWords(Deno.execPath(), [...flags, main.pathname]);
    assertStringIncludes(words, "Cannot ");
  });
}

Deno.test("firstWords() fails when a program does not start", async () => {
  const source = "data:text/javascript,throw new Error('broken')";
  await assertRejects(
    () => firstWords(Deno.execPath(), ["run", source]),
    Error,
    "broken",
  );
});
