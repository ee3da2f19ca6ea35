import { waitFor } from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import { tellDemo } from "../../examples/greeting/demo.ts";
import { greetingKind } from "../../examples/greeting/kind.ts";
import { exampleFile } from "./example_files.ts";
import { GOOD_LIFE, openExampleWorld } from "./example_world.ts";

Deno.test("greeting is the operator of the README", async () => {
  const main = await exampleFile("greeting", "main.ts");
  const readme = await exampleFile("..", "README.md");
  assert(readme?.includes("```ts\n" + main + "```\n"));
});

Deno.test("greeting tells its story", async () => {
  const folder = await Deno.makeTempDir();
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line.trim()), folder);
  assertEquals(lines.filter((line) => line.startsWith("✓")).length, 4);
  assert(lines.includes("→ 1 request: apply greetings/status"));
  await Deno.remove(folder);
});

Deno.test("greeting lives its whole life under its role, and needs all of it", async () => {
  const kind = await greetingKind();
  await using world = await openExampleWorld("greeting", { kinds: [kind] });
  const { client, namespace } = world;
  const greetings = client.resource(kind);
  const key = { name: "hello", namespace };
  // Port 8080 may be in use.
  const text = await exampleFile("greeting", "main.ts") ?? "";
  const code = text.replace("port: 8080", "port: 0");
  const program = await world.startProgram({
    main: `data:application/typescript,${encodeURIComponent(code)}`,
    places: { "0.0.0.0:8080": "0.0.0.0" },
  });

  await greetings.create({ metadata: key, spec: { message: "Hi!" } });
  await program.line(`${namespace}/hello says Hi!`);
  await waitFor(greetings, key, {
    condition: (greeting) => greeting?.status?.ready === true,
    timeout: 20_000,
  });
  await greetings.delete(key);

  assertEquals(await world.endProgram(program), GOOD_LIFE);
});
