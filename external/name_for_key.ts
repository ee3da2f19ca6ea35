/** Options of {@linkcode nameForKey}. */
export interface NameForKeyOptions {
  /**
   * What comes before; must be a name of Kubernetes itself.
   *
   * @default {""}
   */
  readonly prefix?: string | undefined;
}

/**
 * Makes a name of Kubernetes for an outside key: a readable part, and a hash
 * that keeps apart what only looks alike. At most 63 characters, so that it
 * fits labels as well.
 *
 * @example Name the ConfigMap of an object
 * ```ts
 * import { nameForKey } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const name = await nameForKey("Flags/../Prod.json");
 * assertEquals(name, "flags-prod-json-ab6e96a509");
 * ```
 *
 * @param key Any text.
 * @param options What comes before.
 * @returns The name; the same for the same key, always.
 */
export async function nameForKey(
  key: string,
  { prefix = "" }: NameForKeyOptions = {},
): Promise<string> {
  const bytes = new TextEncoder().encode(key);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hash = new Uint8Array(digest).toHex().slice(0, 10);
  const room = Math.max(0, 63 - prefix.length - hash.length - 1);
  const slug = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, room).replaceAll(/^-+|-+$/g, "");
  return slug === "" ? `${prefix}${hash}` : `${prefix}${slug}-${hash}`;
}
