/** An npm package that the lock file names. */
export interface LockedPackage {
  /** As `@scope/name`. */
  readonly name: string;
  /** Its exact version. */
  readonly version: string;
}

/**
 * Reads the npm packages of a lock file.
 *
 * @param text The text of `deno.lock`.
 * @returns Each package in each version, once.
 */
export function lockedPackages(text: string): LockedPackage[] {
  const { npm = {} }: { npm?: Record<string, unknown> } = JSON.parse(text);
  const packages = new Map<string, LockedPackage>();
  for (const key of Object.keys(npm)) {
    const at = key.indexOf("@", 1);
    const name = key.slice(0, at);
    // What follows an underscore tells the peers that were chosen.
    const version = key.slice(at + 1).split("_", 1)[0] ?? "";
    packages.set(`${name}@${version}`, { name, version });
  }
  return [...packages.values()];
}
