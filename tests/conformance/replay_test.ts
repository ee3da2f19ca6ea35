import { assertEquals } from "@std/assert";
import { themes } from "./case_files.ts";
import { embeddedTarget } from "./conformance_target.ts";
import { knownDifferences } from "./known_differences.ts";
import { runTheme } from "./run_theme.ts";

for (const theme of themes()) {
  Deno.test(`conformance of the embedded server: ${theme}`, async () => {
    await using target = await embeddedTarget(theme);
    const results = await runTheme(target, theme);
    const known = results.filter(({ name }) => knownDifferences.has(name));
    assertEquals(
      results.filter((result) => !known.includes(result))
        .filter(({ differences }) => differences.length > 0),
      [],
      "differs from a real kube-apiserver",
    );
    assertEquals(
      known.filter(({ differences }) => differences.length === 0)
        .map(({ name }) => name),
      [],
      "passes: take it out of known_differences.json",
    );
  });
}

Deno.test("conformance: known differences are cases", async (t) => {
  const names = [...knownDifferences.keys()];
  for (const name of names) {
    await t.step(name, () => {
      assertEquals(
        themes().some((theme) => name.startsWith(`${theme}: `)),
        true,
      );
    });
  }
});
