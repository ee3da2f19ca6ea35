/**
 * Whether the API server can compile a pattern: Go's RE2 has no look-around,
 * back-references, `\u` escapes, `\c` escapes, and only short names of Unicode
 * categories.
 *
 * @param pattern The source of a JavaScript regular expression.
 * @returns Whether it is one in RE2 too, as far as can be told.
 */
export function isSupportedPattern(pattern: string): boolean {
  return !UNSUPPORTED.test(pattern.replaceAll("\\\\", ""));
}

const UNSUPPORTED =
  /\(\?<?[=!]|\\(?:[1-9]|k<|u|c[A-Za-z])|\\[pP]\{(?![A-Z][a-z]?\})/;

/**
 * Writes the pattern that only some strings match.
 *
 * @param values The strings.
 * @returns The pattern.
 */
export function patternOfValues(values: readonly unknown[]): string {
  const texts = values.map((value) =>
    String(value).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  );
  return `^(?:${texts.join("|")})$`;
}
