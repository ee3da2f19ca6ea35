// What we rely on of the JSR packages. It runs on the stand-ins by default and
// on the real packages in the staged tree, which keeps the stand-ins honest.
import {
  assertArrayIncludes,
  assertEquals,
  AssertionError,
  assertIsError,
  assertNotEquals,
  assertObjectMatch,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import {
  accepts,
  acceptsEncodings,
  eTag,
  ifMatch,
  ifNoneMatch,
  STATUS_CODE,
  STATUS_TEXT,
} from "@std/http";
import { parse, parseAll, stringify } from "@std/yaml";

class Point {
  readonly #x: number;
  constructor(x: number) {
    this.#x = x;
  }
  get x(): number {
    return this.#x;
  }
}

Deno.test("assertEquals() compares deeply", () => {
  const equal: readonly (readonly [unknown, unknown])[] = [
    [{ a: 1, b: [2, { c: 3 }] }, { b: [2, { c: 3 }], a: 1 }],
    [0, -0],
    [NaN, NaN],
    [Object.create(null), {}],
    [new Date(1), new Date(1)],
    [/a/g, /a/g],
    [new Map([["a", { b: 1 }]]), new Map([["a", { b: 1 }]])],
    [new Map([[{ a: 1 }, 1]]), new Map([[{ a: 1 }, 1]])],
    [new Set([{ a: 1 }]), new Set([{ a: 1 }])],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    [new URL("http://a/b"), new URL("http://a/b")],
    [new Point(1), new Point(1)],
  ];
  for (const [a, b] of equal) assertEquals(a, b);
  const different: readonly (readonly [unknown, unknown])[] = [
    [{ a: undefined }, {}],
    [{ a: undefined }, { b: undefined }],
    [[1, 2], [2, 1]],
    [[1], { 0: 1 }],
    [1, "1"],
    [null, undefined],
    [{}, null],
    [new Date(1), new Date(2)],
    [new Map([["a", 1]]), new Map([["a", 2]])],
    [new Set([1]), new Set([2])],
    [new Uint8Array([1]), new Uint8Array([2])],
    [new Point(1), new Point(2)],
  ];
  for (const [a, b] of different) {
    assertNotEquals(a, b);
    assertThrows(() => assertEquals(a, b), AssertionError, "not equal");
  }
});

Deno.test("assertEquals() and assertStrictEquals() know cycles and identity", () => {
  const cycle = (): object => {
    const node: { self?: object } = {};
    node.self = node;
    return node;
  };
  assertEquals(cycle(), cycle());
  assertThrows(() => assertStrictEquals({}, {}), AssertionError);
});

Deno.test("assertObjectMatch() wants a part at any depth", () => {
  const actual = { a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }, 3] };
  assertObjectMatch(actual, { a: { b: 1 }, list: [{ x: 1 }] });
  for (const part of [{ a: { b: 2 } }, { d: 1 }, { list: [{ x: 2 }] }]) {
    assertThrows(() => assertObjectMatch(actual, part), AssertionError);
  }
  assertArrayIncludes([1, { a: 1 }], [{ a: 1 }]);
  assertThrows(() => assertArrayIncludes([1], [2]), AssertionError);
});

Deno.test("assertThrows() and assertRejects() check class and message", async () => {
  const fail = (): never => {
    throw new TypeError("Cannot do it");
  };
  const reject = (): Promise<void> => Promise.reject(new TypeError("Cannot"));
  const error: TypeError = assertThrows(fail, TypeError, "do it");
  assertIsError(error, TypeError, /^Cannot/);
  const rejected: TypeError = await assertRejects(reject, TypeError, "Cannot");
  assertEquals(rejected.message, "Cannot");
  assertThrows(() => assertThrows(() => {}), AssertionError);
  assertThrows(() => assertThrows(fail, RangeError), AssertionError);
  assertThrows(() => assertThrows(fail, TypeError, "else"), AssertionError);
  for (
    const attempt of [
      () => assertRejects(() => Promise.resolve()),
      () => assertRejects(fail),
      () => assertRejects(reject, RangeError),
      () => assertRejects(reject, TypeError, "else"),
    ]
  ) await assertRejects(attempt, AssertionError);
});

Deno.test("STATUS_CODE and STATUS_TEXT name the codes", () => {
  assertEquals(STATUS_CODE.UnprocessableEntity, 422);
  assertEquals(
    ([200, 203, 226, 413, 414, 418, 505] as const).map((code) =>
      STATUS_TEXT[code]
    ),
    [
      "OK",
      "Non Authoritative Info",
      "IM Used",
      "Content Too Large",
      "URI Too Long",
      "I'm a teapot",
      "HTTP Version Not Supported",
    ],
  );
});

Deno.test("eTag() and its matchers", async () => {
  assertEquals(await eTag("hello"), '"5-LPJNul+wow4m6DsqxbninhsWHlw"');
  assertEquals(
    await eTag("hello", { weak: true }),
    'W/"5-LPJNul+wow4m6DsqxbninhsWHlw"',
  );
  assertEquals(await eTag(""), '"0-47DEQpj8HBSa+/TImW+5JCeuQeR"');
  assertEquals(await eTag({ mtime: null, size: 1 }), undefined);
  assertEquals(ifNoneMatch('W/"a", "b"', '"a"'), false);
  assertEquals(ifNoneMatch("*", '"a"'), false);
  assertEquals(ifNoneMatch(null, '"a"'), true);
  assertEquals(ifMatch('"a", "b"', '"b"'), true);
  assertEquals(ifMatch("*", 'W/"b"'), false);
});

Deno.test("accepts() and acceptsEncodings() negotiate", () => {
  const request = (headers: HeadersInit): Request =>
    new Request("http://a", { headers });
  const text = request({ accept: "text/plain;q=0.4,a/b;v=1;q=0.5,*/*;q=0.1" });
  assertEquals(accepts(text, "text/plain", "c/d"), "text/plain");
  assertEquals(accepts(text, "c/d"), "c/d");
  assertEquals(accepts(request({ accept: "a/b" }), "c/d"), undefined);
  assertEquals(accepts(request({}), "c/d", "e/f"), "c/d");
  assertEquals(accepts(request({ accept: "a/*, c/d;q=0.9" })), ["a/*", "c/d"]);
  const coded = request({ "accept-encoding": "br;q=0.9, gzip" });
  assertEquals(acceptsEncodings(coded, "br", "gzip"), "gzip");
  assertEquals(acceptsEncodings(coded), ["gzip", "br", "identity"]);
});

Deno.test("parse() reads one document of YAML 1.2 and a little of 1.1", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["", null],
    ["{a: [1, 2.5, x], b: {c: ~}}", { a: [1, 2.5, "x"], b: { c: null } }],
    ["a: yes\nb: on\nc: true", { a: "yes", b: "on", c: true }],
    ["a: 2024-01-02T03:04:05Z", { a: new Date("2024-01-02T03:04:05Z") }],
    ["a: 2024-01-02", { a: new Date("2024-01-02T00:00:00Z") }],
    ["a: 0x1f\nb: 0b11\nc: 017\nd: 1_000", { a: 31, b: 3, c: 15, d: 1000 }],
    ["a: &x {b: 1}\nc: {<<: *x, d: 2}", { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ["a: |\n  x\n  y\nb: >-\n  x\n  y", { a: "x\ny\n", b: "x y" }],
    ['"a\\u0041": "\\n"', { aA: "\n" }],
  ];
  for (const [text, value] of cases) assertEquals(parse(text), value);
  assertEquals(parseAll("a: 1\n---\nb: 2\n"), [{ a: 1 }, { b: 2 }]);
  assertEquals(parse("a: 1\na: 2", { allowDuplicateKeys: true }), { a: 2 });
  assertThrows(() => parse("a: 1\na: 2"), SyntaxError, "duplicated key");
  for (const text of ["a: 1\n---\nb: 2", "a: [", "a: *b"]) {
    assertThrows(() => parse(text), SyntaxError);
  }
});

Deno.test("stringify() writes what parse() reads", () => {
  const value = { a: [1, { b: "yes" }], c: "", d: null, e: "0x1", f: "a: b" };
  assertEquals(parse(stringify(value)), value);
  assertEquals(stringify({ a: [1], b: { c: "x" } }), "a:\n  - 1\nb:\n  c: x\n");
  assertThrows(() => stringify({ a: undefined }), TypeError);
  assertEquals(stringify({ a: undefined }, { skipInvalid: true }), "{}\n");
});
