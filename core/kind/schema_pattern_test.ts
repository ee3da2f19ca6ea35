import { assert, assertEquals } from "@std/assert";
import { isSupportedPattern, patternOfValues } from "./schema_pattern.ts";

Deno.test("isSupportedPattern() passes what RE2 has", () => {
  for (
    const pattern of [
      "^[a-z]+$",
      "(?:a|b)",
      "(?<name>a)",
      "\\p{L}\\P{Lu}",
      "\\\\1",
      "a\\/b",
    ]
  ) assert(isSupportedPattern(pattern), pattern);
});

Deno.test("isSupportedPattern() refuses what RE2 lacks", () => {
  for (
    const pattern of [
      "(?=a)",
      "(?!a)",
      "(?<=a)",
      "(?<!a)",
      "(a)\\1",
      "(?<n>a)\\k<n>",
      "\\u0041",
      "\\cA",
      "\\p{Script=Greek}",
      "\\p{Emoji}",
    ]
  ) assert(!isSupportedPattern(pattern), pattern);
});

Deno.test("patternOfValues() matches the values only", () => {
  const pattern = new RegExp(patternOfValues(["a.b", "(c)", ""]));
  const matches = ["a.b", "(c)", "", "axb", "c", "a.bc"]
    .filter((text) => pattern.test(text));
  assertEquals(matches, ["a.b", "(c)", ""]);
});
