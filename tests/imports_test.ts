import { assertEquals } from "@std/assert";
import { ChildProgram } from "./child_program.ts";
import { sourceFiles } from "./source_file.ts";

/** What users import, and what a binary of theirs therefore holds. */
const library = sourceFiles().filter(({ path }) =>
  /^(mod\.ts|(core|external|admission|tests\/fake)\/)/.test(path) &&
  !/_(test|bench)\.ts$/.test(path)
);

/** The text without comments, which hold examples. */
function codeOf(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}

Deno.test("imports: none is computed, so that a binary holds all of them", () => {
  const computed = library.filter(({ text }) =>
    /\bimport\(\s*[^\s"]/.test(codeOf(text))
  );
  assertEquals(computed.map(({ path }) => path), []);
});

Deno.test("imports: none reads a file, a variable or anything else", async () => {
  const entries = ["mod", "core/builtin/mod", "tests/fake/mod"]
    .map((entry) => import.meta.resolve(`../${entry}.ts`));
  const source = entries.map((url) => `import "${url}";`).join("\n");
  // No flags: whatever asked for a permission would end the program.
  await using program = new ChildProgram(`${source}\nconsole.log("imported");`);
  await program.line("imported");
});
