/**
 * `deno task example NAME`: tells the story of an example on the embedded API
 * server, in a process that has the permissions of that story and no others.
 *
 * @module
 */
import { EXAMPLES } from "./catalog.ts";

if (import.meta.main) {
  const [name = "", ...args] = Deno.args;
  const example = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : undefined;
  if (example === undefined) {
    const problem = name === "" ? "" : `There is no example "${name}". `;
    const names = Object.keys(EXAMPLES).join(", ");
    // deno-lint-ignore no-console
    console.error(`${problem}Name one of ${names}`);
    Deno.exit(1);
  }
  const story = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...example.story,
      new URL(`${name}/demo.ts`, import.meta.url).href,
      ...args,
    ],
  }).spawn();
  // Ctrl+C reaches the story as well, which ends in its own time.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.addSignalListener("SIGTERM", () => story.kill("SIGTERM"));
  Deno.exit((await story.status).code);
}
