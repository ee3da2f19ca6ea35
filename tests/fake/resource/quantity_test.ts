import { assertEquals, assertThrows } from "@std/assert";
import { DecodeError } from "./decoded.ts";
import { quantity } from "./quantity.ts";

const CASES: readonly (readonly [unknown, string])[] = [
  ["500m", "500m"],
  ["1000m", "1"],
  ["1.5", "1500m"],
  ["0.1", "100m"],
  [".5", "500m"],
  [2, "2"],
  ["1000", "1k"],
  ["1500", "1500"],
  ["1.5Gi", "1536Mi"],
  ["1024Mi", "1Gi"],
  ["0.5Ki", "512"],
  ["1e3", "1e3"],
  ["0.0", "0"],
  ["-1.5", "-1500m"],
  ["0.0000000001", "1n"],
];

Deno.test("quantity() writes without a fraction and with the largest unit", () => {
  for (const [value, text] of CASES) assertEquals(quantity(value), text);
});

Deno.test("quantity() throws when the text is none", () => {
  for (const value of ["x", "", "1.5.5", true, {}, []]) {
    assertThrows(() => quantity(value), DecodeError);
  }
});
