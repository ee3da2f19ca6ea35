import { assertEquals } from "@std/assert";
import { EXAMPLES } from "./catalog.ts";

const names = Object.keys(EXAMPLES).join(", ");

/** Runs the command as its task does. */
async function runExample(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-run",
      import.meta.resolve("./example.ts"),
      ...args,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const [out = "", error = ""] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { code, out, error };
}

Deno.test("example lists the names in one line when none is given", async () => {
  assertEquals(await runExample(), {
    code: 1,
    out: "",
    error: `Name one of ${names}\n`,
  });
});

Deno.test("example lists the names in one line when there is no such example", async () => {
  assertEquals(await runExample("constructor"), {
    code: 1,
    out: "",
    error: `There is no example "constructor". Name one of ${names}\n`,
  });
});

Deno.test("example tells a story with the permissions of the story", async () => {
  const { code, out, error } = await runExample("podwatch");
  const [last] = out.trim().split("\n").reverse();
  assertEquals({ code, last, error }, { code: 0, last: "The end.", error: "" });
});
