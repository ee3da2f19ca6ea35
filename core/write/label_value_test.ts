import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { labelValue } from "./label_value.ts";

Deno.test("labelValue() keeps what is a label value", () => {
  for (const text of ["", "a", "web.v1_2-b", "A", "a".repeat(63)]) {
    assertEquals(labelValue(text), text);
  }
});

Deno.test("labelValue() makes a label value of anything, and keeps apart what differs", () => {
  const long = "a".repeat(64);
  const texts = [
    long,
    `${long}b`,
    "a".repeat(253),
    "system:node",
    "system-node:",
    ":",
    "-a",
    "a-",
    ".".repeat(300),
    "ä",
    `${"a".repeat(53)}.${"b".repeat(20)}`,
  ];
  const values = texts.map(labelValue);
  for (const value of values) {
    assert(
      /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(value),
      value,
    );
  }
  assertEquals(new Set(values).size, texts.length);
  assertNotEquals(labelValue(`${long}1`), labelValue(`${long}2`));
});
