import { assert, assertEquals } from "@std/assert";
import { read, walk } from "../source_file.ts";
import { ORIGINAL_NAMES } from "./original_names.ts";

const guide = read("core/FROM_KOPRS.md");
const code = [...guide.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text = ""]) =>
  text.split("\n")
);

/** The groups of the original's tests, and what was wrong with it. */
const ROWS = `
ER T SC R S F G W O M E OB C L I X A Example
20.1 20.1b 20.1c 20.2 20.3 20.3b 20.3c 20.3d 20.3e 20.4 20.5 20.6 20.7 20.8
20.9 20.10 20.11 20.12 20.13 20.14 20.15 20.16 20.17 20.18 20.19 20.20 20.21
20.22 20.23 20.24 20.25 20.26 20.27 20.28 20.29
`.trim().split(/\s+/);

Deno.test("FROM_KOPRS.md has a line of code under every name of the original", () => {
  const named = new Set(
    code.flatMap((lines) =>
      lines.flatMap((line) => commentOf(line)?.match(/\w+/g) ?? [])
    ),
  );
  assertEquals(ORIGINAL_NAMES.filter((name) => !named.has(name)), []);
  const bare = code.flatMap((lines) =>
    lines.filter((line, index) =>
      isComment(line) &&
      !/\w/.test(lines.slice(index).find((next) => !isComment(next)) ?? "")
    )
  );
  assertEquals(bare, []);
});

Deno.test("FROM_KOPRS.md has a row for each group of tests and each defect", () => {
  const rows = guide.matchAll(/^\| ([^|]*?) +\|/gm).map(([, row = ""]) =>
    row.split(/[ ,]/)[0] ?? ""
  );
  const known = new Set(rows);
  assertEquals(ROWS.filter((row) => !known.has(row)), []);
});

Deno.test("FROM_KOPRS.md names tests that exist", () => {
  const files = new Set([...walk("core"), ...walk("tests")]);
  const named = [
    ...guide.matchAll(/`([\w/]+_test\.ts)`: (.+?)(?:<br>| +\|)/g),
  ];
  assert(named.length > 200, `${named.length}`);
  const missing = named
    .filter(([, path = "", name = ""]) =>
      !files.has(path) ||
      !testNames(read(path)).some((test) => isNamed(test, name))
    ).map(([, path, name]) => `${path}: ${name}`);
  assertEquals(missing, []);
});

Deno.test("FROM_KOPRS.md leaves out no test that was written for it", () => {
  const own = [...walk("tests/from_koprs")].filter((path) =>
    path.endsWith("_test.ts") && !path.endsWith("guide_test.ts")
  );
  const left = own.flatMap((path) =>
    testNames(read(path)).filter((test) =>
      !guide.matchAll(/`([\w/]+_test\.ts)`: (.+?)(?:<br>| +\|)/g).some((
        [, file, name = ""],
      ) => file === path && test.startsWith(name))
    )
  );
  assertEquals(left, []);
});

function isComment(line: string): boolean {
  return /^\s*\/\/ /.test(line);
}

function commentOf(line: string): string | undefined {
  return /(?:^|\s)\/\/ (.*)$/.exec(line)?.[1];
}

/** Tests get the numbers of faults as these are found. */
function isNamed(test: string, name: string): boolean {
  return test.startsWith(name) || test.replace(/^F\d+:? /, "").startsWith(name);
}

function testNames(text: string): string[] {
  return [
    ...text.matchAll(/Deno\.test\(\s*(?:\{\s*name:\s*)?["`]([^"`]+)/g),
  ].map(([, name = ""]) => name);
}
