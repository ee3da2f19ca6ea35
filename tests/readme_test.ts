import { assert, assertArrayIncludes } from "@std/assert";
import { read, walk } from "./source_file.ts";

Deno.test("readme: every ts block of the guides type-checks", async () => {
  const guides = [...walk(".")].filter((path) =>
    path.endsWith(".md") && /^```ts\b/m.test(read(path))
  );
  assertArrayIncludes(guides, ["README.md"]);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--doc-only", ...guides],
    cwd: new URL("../", import.meta.url),
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});
