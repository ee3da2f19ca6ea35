const maxLength = 63;

/**
 * Makes a label value of any text.
 *
 * Text that is one is kept. Otherwise what a label cannot hold is replaced or
 * cut off, and a hash of the whole text added, so that different texts stay
 * different.
 *
 * @example Shorten a long name
 * ```ts
 * import { labelValue } from "./label_value.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(labelValue("web"), "web");
 * assertEquals(labelValue("system:node"), "system-node-0f1597ee");
 * assertEquals(labelValue("a".repeat(253)).length, 63);
 * ```
 *
 * @param text The text.
 * @returns The label value, at most 63 characters.
 */
export function labelValue(text: string): string {
  if (
    text.length <= maxLength &&
    /^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$/.test(text)
  ) return text;
  const hash = fnv1a(text);
  const head = text
    .replaceAll(/[^A-Za-z0-9_.-]/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, maxLength - hash.length - 1);
  return head === "" ? hash : `${head}-${hash}`;
}

/** The 32-bit FNV-1a hash in hexadecimal digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
