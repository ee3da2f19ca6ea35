/**
 * `deno task licences`: the licence of each npm package in the lock file, read
 * from Deno's cache. Fails for one that is not permissive.
 *
 * @module
 */
import { runDeno } from "../offline/deno_command.ts";
import { isAllowedLicence } from "./allowed_licence.ts";
import { type LockedPackage, lockedPackages } from "./locked_packages.ts";

/** A package and the licence that its author names. */
export interface PackageLicence extends LockedPackage {
  /** An SPDX expression; undefined if the package is not in the cache. */
  readonly licence: string | undefined;
}

/**
 * Looks up the licences of all packages of the lock file.
 *
 * Needs `--allow-read` and `--allow-run` for Deno itself.
 *
 * @returns Each package with its licence, in the order of the lock file.
 */
export async function packageLicences(): Promise<PackageLicence[]> {
  const lock = new URL("../../deno.lock", import.meta.url);
  const folders = await cacheFolders();
  return await Promise.all(
    lockedPackages(await Deno.readTextFile(lock)).map(async (locked) => ({
      ...locked,
      licence: await licenceOf(locked, folders),
    })),
  );
}

/** The packages whose licence asks for more than to be told. */
export function refusedLicences(
  packages: readonly PackageLicence[],
): PackageLicence[] {
  return packages.filter(({ licence }) =>
    licence !== undefined && !isAllowedLicence(licence)
  );
}

/** Deno's cache has a folder for each registry. */
async function cacheFolders(): Promise<string[]> {
  const { output } = await runDeno(["info", "--json", "--no-config"]);
  const { npmCache } = JSON.parse(output);
  const registries = await Array.fromAsync(Deno.readDir(npmCache))
    .catch(() => []); // nothing was ever fetched
  return registries.map(({ name }) => `${npmCache}/${name}`);
}

async function licenceOf(
  { name, version }: LockedPackage,
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const path = `${folder}/${name}/${version}/package.json`;
    const text = await Deno.readTextFile(path).catch(() => undefined);
    if (text === undefined) continue;
    const { license, licenses } = JSON.parse(text);
    // Old packages name it as an object or in a list.
    const named = license ?? licenses?.[0] ?? "none";
    return typeof named === "string" ? named : String(named.type);
  }
  return undefined;
}

if (import.meta.main) {
  const packages = await packageLicences();
  for (const { name, version, licence } of packages) {
    // deno-lint-ignore no-console
    console.log(`${name}@${version}  ${licence ?? "not in the cache"}`);
  }
  const refused = refusedLicences(packages);
  for (const { name, licence } of refused) {
    // deno-lint-ignore no-console
    console.error(`Cannot use "${name}": its licence is "${licence}"`);
  }
  Deno.exit(refused.length === 0 ? 0 : 1);
}
