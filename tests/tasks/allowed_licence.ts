/** Permissive licences, which ask for no more than to be told. */
const ALLOWED: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unicode-3.0",
  "Zlib",
]);

/**
 * Whether code under a licence may be used.
 *
 * @param expression An SPDX expression with `AND`, `OR` and parentheses around
 * the whole or around alternatives of one kind.
 * @returns Whether one of its alternatives is permissive in all its parts.
 */
export function isAllowedLicence(expression: string): boolean {
  const plain = expression.replace(/[()]/g, " ");
  return plain.split(/\sOR\s/).some((alternative) =>
    alternative.split(/\sAND\s/).every((licence) => ALLOWED.has(licence.trim()))
  );
}
