import type { ConformanceCase } from "./conformance_case.ts";

const FOLDER = new URL("./cases/", import.meta.url);
const CRDS = new URL("crds/", FOLDER);

/** A CustomResourceDefinition that cases use. */
export interface CrdFile {
  /** Its metadata. */
  readonly metadata: { readonly name: string };
}

/** Names of the themes, sorted. */
export function themes(): string[] {
  return jsonFiles(FOLDER).map((name) => name.replace(/\.json$/, ""));
}

/**
 * Reads the cases of a theme.
 *
 * @param theme Name of the theme.
 * @returns Its cases.
 */
export async function readTheme(theme: string): Promise<ConformanceCase[]> {
  const text = await Deno.readTextFile(new URL(`${theme}.json`, FOLDER));
  // The files of this folder are written by writeTheme().
  return JSON.parse(text) as ConformanceCase[];
}

/**
 * Writes the cases of a theme.
 *
 * @param theme Name of the theme.
 * @param cases Its cases.
 */
export async function writeTheme(
  theme: string,
  cases: readonly ConformanceCase[],
): Promise<void> {
  const text = `${JSON.stringify(cases, null, 1)}\n`;
  await Deno.writeTextFile(new URL(`${theme}.json`, FOLDER), text);
}

/** Reads the CustomResourceDefinitions that cases use. */
export async function readCrds(): Promise<CrdFile[]> {
  return await Promise.all(
    jsonFiles(CRDS).map(async (name) => {
      const text = await Deno.readTextFile(new URL(name, CRDS));
      return JSON.parse(text) as CrdFile; // A manifest.
    }),
  );
}

function jsonFiles(folder: URL): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".json")).sort();
}
