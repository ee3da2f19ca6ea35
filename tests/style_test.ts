import { assert, assertEquals } from "@std/assert";
import { read, type SourceFile, sourceFiles, walk } from "./source_file.ts";

const MAXIMUM_LINES = 300;
const MEDIAN_LINES = 100;
const DRAWERS = ["utils", "util", "helpers", "types", "common", "index"];

const files = sourceFiles();
const byHand = files.filter(({ path }) => !path.endsWith("_data.ts"));

Deno.test("style: a file is short enough to read in one sitting", () => {
  const long = byHand.filter((file) => lines(file) > MAXIMUM_LINES);
  assertEquals(long.map((file) => `${file.path}: ${lines(file)} lines`), []);
});

Deno.test("style: half of the files have at most 100 lines", () => {
  const sizes = byHand.map(lines).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  assert(median <= MEDIAN_LINES, `the median is ${median} lines`);
});

Deno.test("style: a file is named in snake_case after what it holds", () => {
  const names = files.map(({ path }) => path).filter((path) => {
    const name = path.split("/").at(-1)?.replace(/\.ts$/, "") ?? "";
    return !/^_?[a-z0-9]+(_[a-z0-9]+)*$/.test(name) || DRAWERS.includes(name);
  });
  assertEquals(names, []);
});

Deno.test("style: no TypeScript that lint lets pass and we do not write", () => {
  const forbidden: readonly (readonly [string, RegExp])[] = [
    ["an enum", /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s/m],
    ["a default export", /^\s*export\s+default\b/m],
    ["private instead of #", /^\s*(private|protected)\s/m],
  ];
  const found = byHand.flatMap((file) => {
    const code = codeOf(file.text);
    return forbidden.filter(([, pattern]) => pattern.test(code))
      .map(([what]) => `${file.path} has ${what}`);
  });
  assertEquals(found, []);
});

Deno.test("style: text speaks of the code, not of how it came to be", () => {
  const forbidden: readonly RegExp[] = [
    /\b(?:TODO|FIXME|XXX)\b/,
    /(?:^|["'`\s(=])\/(?:work|root|Users)\//m,
    /\bas (?:requested|instructed)\b/i,
    /\b(?:see|per|in|from) the (?:issue|ticket|brief)\b/i,
    /\bgenerated (?:by|with) an? (?:AI|assistant|model)\b/i,
  ];
  const texts = [...walk(".")].filter((path) =>
    /\.(?:ts|md|json|ya?ml|sh|lock)$|^\.ci\/\w+$/.test(path) &&
    path !== "tests/style_test.ts" && !path.endsWith("_data.json") &&
    !path.startsWith("tests/conformance/cases/")
  );
  const found = texts.flatMap((path) =>
    forbidden.filter((pattern) => pattern.test(read(path)))
      .map((pattern) => `${path} matches ${pattern}`)
  );
  assertEquals(found, []);
});

function lines({ text }: SourceFile): number {
  return text.split("\n").length - 1;
}

const NOT_CODE_REGEXP =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** The text without comments and without the contents of strings. */
function codeOf(text: string): string {
  return text.replace(NOT_CODE_REGEXP, '""');
}
