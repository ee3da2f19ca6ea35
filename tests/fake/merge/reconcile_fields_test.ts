import { assertEquals, assertStrictEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import { reconcileFields } from "./reconcile_fields.ts";

const granular: TypeSchema = {
  type: "object",
  properties: {
    map: { type: "object", additionalProperties: { type: "string" } },
    set: { type: "array", listType: "set" },
  },
};
const atomic: TypeSchema = {
  type: "object",
  properties: {
    map: { type: "object", mapType: "atomic" },
    set: { type: "array", listType: "atomic" },
  },
};

Deno.test("reconcileFields() gives the whole to who owned a part", () => {
  const set = {
    "f:map": { ".": {}, "f:a": {} },
    "f:set": { 'v:"x"': {} },
    "f:other": {},
  };
  assertEquals(reconcileFields(atomic, set), {
    "f:map": {},
    "f:set": {},
    "f:other": {},
  });
});

Deno.test("reconcileFields() is the set itself when it fits", () => {
  const parts = { "f:map": { "f:a": {} } };
  assertStrictEquals(reconcileFields(granular, parts), parts);
  const whole = { "f:map": {} };
  assertStrictEquals(reconcileFields(granular, whole), whole);
  assertStrictEquals(reconcileFields(atomic, whole), whole);
});
