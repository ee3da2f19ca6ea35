const TIMEOUT = 10_000;

/**
 * Asks JSR which versions of a package it has.
 *
 * Needs `--allow-net` for the registry.
 *
 * @param name The package, as `@scope/name`.
 * @param registry Its URL, as `https://jsr.io`.
 * @returns The versions, none for a new package; undefined if there is no answer.
 */
export async function publishedVersions(
  name: string,
  registry: string,
): Promise<string[] | undefined> {
  try {
    const response = await fetch(new URL(`${name}/meta.json`, registry), {
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return response.status === 404 ? [] : undefined;
    }
    const { versions } = await response.json();
    return Object.keys(versions);
  } catch {
    return undefined; // no network, no name, no certificate: no answer
  }
}
