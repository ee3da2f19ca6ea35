import { assert, assertEquals, assertThrows } from "@std/assert";
import { operate } from "../tests/fake/patch/json_operation.ts";
import { seededRandom } from "../tests/seeded_random.ts";
import { jsonPatch } from "./json_patch.ts";

const KEYS = [
  "a",
  "b/c",
  "d~e",
  "~1",
  "",
  "0",
  "-",
  "ü",
  "toString",
  "constructor",
  "prototype",
  "hasOwnProperty",
];

/** JSON with any keys, `__proto__` among them. */
function randomText(random: (limit: number) => number, depth = 3): string {
  const kind = depth === 0 ? 2 + random(4) : random(6);
  const inner = (): string => randomText(random, depth - 1);
  if (kind === 0) {
    const keys = [...KEYS, "__proto__"].filter(() => random(3) === 0);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${inner()}`)}}`;
  }
  if (kind === 1) return `[${Array.from({ length: random(5) }, inner)}]`;
  return ["null", "true", "7", '"text"'][kind - 2] ?? "0";
}

const objectText = (random: (limit: number) => number): string =>
  `{"spec":${randomText(random)},"__proto__":${randomText(random)}}`;

/** Applies a patch by code that knows nothing of the library. */
function apply(object: object, patch: readonly unknown[]): unknown {
  return patch.reduce(
    (document, operation) => operate(document, operation as never),
    object as unknown,
  );
}

/** Members sorted, so that order does not count; own keys only. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, member]) => [key, canonical(member)]);
}

Deno.test("F131 jsonPatch() makes the wanted object of 2,000 random ones, __proto__ keys included", () => {
  const random = seededRandom(131);
  for (let round = 0; round < 2_000; round++) {
    const [from, to] = [objectText(random), objectText(random)];
    const patch = jsonPatch(JSON.parse(from), JSON.parse(to));
    // As it goes over the wire.
    const sent = JSON.parse(JSON.stringify(patch));
    const made = apply(JSON.parse(from), sent);
    assertEquals(canonical(made), canonical(JSON.parse(to)), `${from} ${to}`);
  }
});

Deno.test("F131 jsonPatch() changes no prototype, and no argument", () => {
  const object = JSON.parse('{"a":{"__proto__":{"x":1}}}');
  const wanted = JSON.parse('{"a":{"__proto__":{"x":2,"polluted":true}}}');
  assertEquals(jsonPatch(object, wanted), [
    { op: "replace", path: "/a/__proto__/x", value: 2 },
    { op: "add", path: "/a/__proto__/polluted", value: true },
  ]);
  assertEquals("polluted" in {}, false);
  assertEquals(JSON.stringify(object), '{"a":{"__proto__":{"x":1}}}');
});

Deno.test("F131 jsonPatch() leaves out what is undefined, and refuses what is no JSON", () => {
  assertEquals(
    jsonPatch({ a: 1, b: 2 }, { a: 1, b: undefined, c: undefined }),
    [
      { op: "remove", path: "/b" },
    ],
  );
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  assertThrows(() => jsonPatch({}, circle), TypeError);
});

Deno.test("F131 jsonPatch() takes steps in proportion to the length of a list", () => {
  const list = Array.from({ length: 2_000 }, (_, index) => `${index}`);
  const patch = jsonPatch({ list }, { list: list.slice(1) });
  assert(patch.length <= list.length, `${patch.length}`);
});
