import { assertEquals } from "@std/assert";
import { outdatedManifests, toYaml } from "./manifests.ts";

Deno.test("outdatedManifests() finds what is missing, other than it should be, or no YAML", async () => {
  const path = await Deno.makeTempDir();
  const folder = new URL(`file://${path}/`);
  const write = (name: string, text: string) =>
    Deno.writeTextFile(new URL(name, folder), text);
  const objects = [{ kind: "A", spec: { left: undefined, names: ["it's"] } }, {
    kind: "B",
  }];
  await write("same.yaml", toYaml(objects));
  await write(
    "formatted.yaml",
    `{kind: A, spec: {names: ["it's"]}}\n---\nkind: B\n`,
  );
  await write("old.yaml", "kind: A\n");
  await write("broken.yaml", "kind: [\n");
  const generated = Object.fromEntries(
    ["same", "formatted", "old", "broken", "missing"].map((name) => [
      `${name}.yaml`,
      objects,
    ]),
  );
  assertEquals(await outdatedManifests(folder, generated), [
    "old.yaml",
    "broken.yaml",
    "missing.yaml",
  ]);
  await Deno.remove(path, { recursive: true });
});

Deno.test("toYaml() writes what the formatter leaves as it is", () => {
  const object = { a: "True", b: "a: b", c: `it's "so"`, d: ["x"] };
  assertEquals(
    toYaml([object]),
    `# Made by \`deno task manifests\`.
a: "True"
b: "a: b"
c: it's "so"
d:
  - x
`,
  );
});
