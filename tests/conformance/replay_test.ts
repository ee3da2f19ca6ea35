import { assertEquals } from "@std/assert";
import { themes } from "./case_files.ts";
import { embeddedTarget } from "./conformance_target.ts";
import { runTheme } from "./run_theme.ts";

for (const theme of themes()) {
  Deno.test(`conformance of the embedded server: ${theme}`, async () => {
    await using target = await embeddedTarget(theme);
    const results = await runTheme(target, theme);
    assertEquals(
      results.filter(({ differences }) => differences.length > 0),
      [],
      "differs from a real kube-apiserver",
    );
  });
}
