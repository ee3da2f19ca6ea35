/**
 * Finds where Go stops reading base64.
 *
 * @param text The text.
 * @param padded Whether it ends with `=`; else no such character may occur.
 * @returns Index of the byte; `undefined` if the text can be read.
 */
export function base64Error(text: string, padded: boolean): number | undefined {
  const length = text.length;
  let at = 0;
  let count = 0;
  for (; at < length; at++) {
    const char = text[at] ?? "";
    if (char === "\n" || char === "\r") continue;
    if (char === "=" && padded) break;
    const isDigit = padded ? /[A-Za-z0-9+/]/ : /[-_A-Za-z0-9]/;
    if (!isDigit.test(char)) return at;
    count = (count + 1) % 4;
  }
  if (at === length) {
    if (count === 0) return undefined;
    return count === 1 || padded ? length - count : undefined;
  }
  if (count < 2) return at;
  const rest = text.slice(at + 1).replace(/[\r\n]/g, "");
  if (count === 2 && rest === "") return length;
  if (count === 2 && !rest.startsWith("=")) return at + 1;
  const end = text.lastIndexOf("=") + 1;
  const wanted = count === 2 ? "=" : "";
  return rest === wanted ? undefined : rest.startsWith(wanted) ? end : at + 1;
}
