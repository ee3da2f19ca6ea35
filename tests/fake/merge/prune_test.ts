import { assertEquals, assertStrictEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import { prune } from "./prune.ts";
import { removeItems } from "./remove_items.ts";

const schema: TypeSchema = {
  type: "object",
  properties: {
    map: { type: "object", additionalProperties: { type: "string" } },
    list: {
      type: "array",
      listType: "map",
      listMapKeys: ["id"],
      items: { type: "object" },
    },
    blob: { type: "object", mapType: "atomic" },
    a: { type: "string" },
  },
};

Deno.test("removeItems() removes members and leaves null where nothing is left", () => {
  assertEquals(
    removeItems(schema, {
      map: { x: "1" },
      list: [{ id: 1, y: 1 }, { id: 2, y: 1 }],
      a: "1",
    }, {
      "f:map": { "f:x": {} },
      "f:list": { 'k:{"id":1}': {}, 'k:{"id":2}': { "f:y": {} } },
    }),
    { map: null, list: [{ id: 2 }], a: "1" },
  );
});

Deno.test("prune() is the merged object when nothing was given up", () => {
  const merged = { a: "1" };
  const last = { "f:a": {} };
  assertStrictEquals(prune(merged, { schema, last, owned: last }), merged);
  assertStrictEquals(
    prune(merged, { schema, last: undefined, owned: undefined }),
    merged,
  );
});

Deno.test("prune() removes what only the applier owned", () => {
  assertEquals(
    prune({ a: "1", map: { x: "1", y: "1" } }, {
      schema,
      last: { "f:a": {}, "f:map": { "f:x": {}, "f:y": {} } },
      owned: { "f:map": { "f:x": {} } },
    }),
    { map: { x: "1" } },
  );
});

Deno.test("prune() keeps an item with what others own in it", () => {
  assertEquals(
    prune({ list: [{ id: 1, y: 1, z: 1 }] }, {
      schema,
      last: { "f:list": { 'k:{"id":1}': { ".": {}, "f:id": {}, "f:y": {} } } },
      owned: {
        "f:list": { 'k:{"id":1}': { ".": {}, "f:id": {}, "f:z": {} } },
      },
    }),
    { list: [{ id: 1, z: 1 }] },
  );
});

Deno.test("prune() keeps what nobody owns, but for what is in a field it removes", () => {
  assertEquals(
    prune({ a: "1", blob: { b: 1 }, map: { x: "1", unowned: "1" } }, {
      schema,
      last: { "f:a": {}, "f:map": { "f:x": {} } },
      owned: undefined,
    }),
    { blob: { b: 1 } },
  );
});
