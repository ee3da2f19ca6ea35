import { assertEquals } from "@std/assert";
import { type Release, releaseCheck } from "./release_check.ts";

const RELEASE: Release = {
  version: "1.2.3",
  changelog:
    "# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-01-31\n\n- x\n\n## 1.2.2 - 2026-01-01\n",
  changes: "",
  tags: ["v1.2.3"],
  published: ["1.2.2"],
};

Deno.test("releaseCheck() finds nothing when all is well", () => {
  assertEquals(releaseCheck(RELEASE), { problems: [], warnings: [] });
});

Deno.test("releaseCheck() names each problem", () => {
  const problems = (change: Partial<Release>) =>
    releaseCheck({ ...RELEASE, ...change }).problems;
  assertEquals(
    problems({ version: "1.2" })[0],
    [
      `deno.json: "1.2" is no semantic version`,
    ][0],
  );
  assertEquals(problems({ version: "1.2.4" }), [
    `CHANGELOG.md: the newest heading must be "## 1.2.4 - YYYY-MM-DD"`,
  ]);
  assertEquals(
    problems({
      changelog: RELEASE.changelog.replace("2026-01-31", "2026-13-31"),
    }),
    [`CHANGELOG.md: the newest heading must be "## 1.2.3 - YYYY-MM-DD"`],
  );
  assertEquals(
    problems({
      changelog: RELEASE.changelog.replace("Unreleased\n", "Unreleased\n- y\n"),
    }),
    [`CHANGELOG.md: what stands under "Unreleased" must go under 1.2.3`],
  );
  assertEquals(problems({ changes: " M mod.ts\n" }), [
    "The work tree has changes: commit them",
  ]);
  assertEquals(problems({ published: ["1.2.3"] }), [
    "The registry has 1.2.3: raise it in deno.json",
  ]);
});

Deno.test("releaseCheck() warns of what a person must judge", () => {
  assertEquals(
    releaseCheck({ ...RELEASE, tags: [], published: undefined }).warnings,
    [
      "Cannot ask the registry whether it has 1.2.3",
      "The commit is not tagged v1.2.3",
    ],
  );
});
