import { assertEquals, assertThrows } from "@std/assert";
import { JsonPatchError, operate } from "./json_operation.ts";

const document = { a: "1", "x/y~z": 0, list: [1, 2], nested: { b: null } };
const at = (op: string, path: string, value?: unknown, from?: string) =>
  operate(document, { op, path, value, from });

Deno.test("operate() follows RFC 6902", () => {
  assertEquals(at("add", "/list/-", 3), { ...document, list: [1, 2, 3] });
  assertEquals(at("add", "/list/0", 0), { ...document, list: [0, 1, 2] });
  assertEquals(at("replace", "/x~1y~0z", 9), { ...document, "x/y~z": 9 });
  assertEquals(at("remove", "/list/-1"), { ...document, list: [1] });
  assertEquals(at("copy", "/c", undefined, "/a"), { ...document, c: "1" });
  assertEquals(at("test", "/nested", { b: null }), document);
  const { a: _, ...rest } = document;
  assertEquals(at("move", "/c", undefined, "/a"), { ...rest, c: "1" });
});

Deno.test("operate() is as lenient as the server", () => {
  assertEquals(at("test", "/none", null), document);
  assertEquals(at("replace", "/none", 1), { ...document, none: 1 });
  assertEquals(at("copy", "/b", undefined, "/none"), { ...document, b: null });
});

Deno.test("operate() refuses what is not there", () => {
  const cases = [
    ["remove", "/none"],
    ["add", "/none/a"],
    ["add", "/list/9"],
    ["remove", "/list/9"],
    ["test", "/a"],
    ["other", "/a"],
    ["replace", ""],
  ] as const;
  for (const [op, path] of cases) {
    assertThrows(() => at(op, path, "2"), JsonPatchError, undefined, op + path);
  }
});

Deno.test("operate() sets a key named __proto__ as data", () => {
  const result = at("add", "/__proto__", { polluted: true });
  assertEquals(Object.hasOwn(result as object, "__proto__"), true);
  assertEquals("polluted" in {}, false);
});
