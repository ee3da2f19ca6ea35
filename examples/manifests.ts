// deno-lint-ignore-file no-console -- it is a command

/**
 * `deno task manifests`: writes the manifests that are generated from kinds and
 * webhooks; `--check` writes nothing, and fails if one is out of date.
 *
 * @module
 */
import { jsonEqual } from "@koprs/koprs/core";
import { parseAll, stringify } from "@std/yaml";
import { generatedManifests } from "./generated_manifests.ts";

const HEADER = "# Made by `deno task manifests`.\n";

/**
 * Finds manifests that do not hold what their kinds and webhooks make.
 *
 * Needs `--allow-read` for the manifests.
 *
 * @param folder The folder with the examples.
 * @param generated What they should hold, by path below the folder.
 * @returns Their paths, below the folder.
 */
export async function outdatedManifests(
  folder: URL,
  generated: Readonly<Record<string, readonly object[]>>,
): Promise<string[]> {
  const outdated: string[] = [];
  for (const [path, objects] of Object.entries(generated)) {
    const found = await readYaml(new URL(path, folder));
    if (!jsonEqual(found, plain(objects))) outdated.push(path);
  }
  return outdated;
}

async function readYaml(file: URL): Promise<unknown> {
  try {
    return parseAll(await Deno.readTextFile(file));
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound;
    if (isMissing || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Writes objects as a manifest.
 *
 * @param objects The objects.
 * @returns The text.
 */
export function toYaml(objects: readonly object[]): string {
  const documents = objects.map((object) =>
    stringify(plain(object), { lineWidth: -1, useAnchors: false })
  );
  // The formatter prefers double quotes.
  return (HEADER + documents.join("---\n"))
    .replace(/([:-] )'([^'"\\\n]*)'$/gm, '$1"$2"');
}

/** As JSON has it: without `undefined`. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

if (import.meta.main) {
  const folder = new URL("./", import.meta.url);
  const generated = await generatedManifests();
  const outdated = await outdatedManifests(folder, generated);
  const isCheck = Deno.args.includes("--check");
  for (const path of outdated) {
    if (isCheck) {
      console.error(
        `examples/${path} is out of date: run deno task manifests, and commit it`,
      );
    } else {
      const text = toYaml(generated[path] ?? []);
      await Deno.writeTextFile(new URL(path, folder), text);
      console.log(`Wrote examples/${path}`);
    }
  }
  if (isCheck && outdated.length > 0) Deno.exit(1);
}
