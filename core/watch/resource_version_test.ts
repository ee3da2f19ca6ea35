import { assertEquals } from "@std/assert";
import { isNewerVersion } from "./resource_version.ts";

Deno.test("isNewerVersion() compares numbers of any length", () => {
  const cases: [string | undefined, string | undefined, boolean][] = [
    ["2", "1", true],
    ["1", "2", false],
    ["1", "1", false],
    ["10", "9", true],
    ["9", "10", false],
    ["9007199254740993", "9007199254740992", true],
    ["100000000000000000000", "99999999999999999999", true],
  ];
  for (const [a, b, expected] of cases) {
    assertEquals(isNewerVersion(a, b), expected, `${a} > ${b}`);
  }
});

Deno.test("isNewerVersion() takes whatever differs for newer when a version is no number", () => {
  const cases: [string | undefined, string | undefined, boolean][] = [
    ["a", "b", true],
    ["b", "a", true],
    ["a", "a", false],
    ["a", "5", true],
    ["05", "7", true],
    [undefined, "5", true],
    ["5", undefined, true],
  ];
  for (const [a, b, expected] of cases) {
    assertEquals(isNewerVersion(a, b), expected, `${a} > ${b}`);
  }
});
