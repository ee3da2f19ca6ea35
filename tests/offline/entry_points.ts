/**
 * Reads the modules that `deno.json` exports.
 *
 * @returns Their paths, as `./mod.ts`.
 */
export async function entryPoints(): Promise<string[]> {
  const path = new URL("../../deno.json", import.meta.url);
  const { exports } = JSON.parse(await Deno.readTextFile(path));
  return Object.values(exports);
}
