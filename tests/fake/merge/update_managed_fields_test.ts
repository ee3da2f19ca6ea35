import { assertEquals, assertStrictEquals } from "@std/assert";
import type { JsonObject } from "../schema/type_schema.ts";
import { serverSideApply } from "./apply.ts";
import type { ApplyContext } from "./apply_fields.ts";
import { metadataOf } from "./managers.ts";
import { updateManagedFields } from "./update_managed_fields.ts";

function at(second: number, manager: string): ApplyContext {
  return {
    schema: {
      type: "object",
      properties: { metadata: { type: "object" }, spec: { type: "object" } },
    },
    manager,
    apiVersion: "v1",
    time: `2030-01-01T00:00:0${second}Z`,
    force: false,
  };
}

function owners(object: JsonObject): unknown {
  const { managedFields } = metadataOf(object);
  if (!Array.isArray(managedFields)) return [];
  return managedFields.map(({ manager, operation, fieldsV1, time }) => [
    `${manager} ${operation} ${time?.slice(-3, -1)}`,
    fieldsV1,
  ]);
}

Deno.test("updateManagedFields() records who changed what", () => {
  const first = updateManagedFields(undefined, { spec: { a: 1, b: 1 } }, {
    ...at(1, "one"),
  });
  const second = updateManagedFields(
    first,
    { ...first, spec: { a: 2, b: 1 } },
    at(2, "two"),
  );
  assertEquals(owners(second), [
    ["one Update 01", { "f:spec": { ".": {}, "f:b": {} } }],
    ["two Update 02", { "f:spec": { "f:a": {} } }],
  ]);
  const third = updateManagedFields(second, { spec: { b: 1 } }, at(3, "three"));
  assertEquals(owners(third), [
    ["one Update 01", { "f:spec": { ".": {}, "f:b": {} } }],
  ]);
});

Deno.test("updateManagedFields() is the stored object when nothing changes", () => {
  const live = updateManagedFields(undefined, { spec: { a: 1 } }, at(1, "one"));
  assertStrictEquals(
    updateManagedFields(live, { spec: { a: 1 } }, at(2, "two")),
    live,
  );
});

Deno.test("updateManagedFields() does not start with an object that has none", () => {
  const live = { spec: { a: 1 } };
  const next = updateManagedFields(live, { spec: { a: 2 } }, at(1, "one"));
  assertEquals(owners(next), []);
});

Deno.test("updateManagedFields() keeps to the reset fields of the endpoint", () => {
  const next = updateManagedFields(undefined, { spec: { a: 1 } }, {
    ...at(1, "one"),
    resetFields: [["spec"]],
  });
  assertEquals(owners(next), []);
});

Deno.test("updateManagedFields() ignores managed fields through a subresource", () => {
  const live = updateManagedFields(undefined, { spec: { a: 1 } }, at(1, "one"));
  const next = updateManagedFields(
    live,
    { spec: { a: 1 }, metadata: { managedFields: [] } },
    { ...at(2, "two"), subresource: "status" },
  );
  assertStrictEquals(next, live);
});

Deno.test("updateManagedFields() drops them when a list cannot be indexed", () => {
  const schema = { type: "array", listType: "set" } as const;
  const context = {
    ...at(1, "one"),
    schema: { type: "object", properties: { tags: schema } } as const,
  };
  const live = updateManagedFields(undefined, { tags: ["a"] }, context);
  const next = updateManagedFields(live, { tags: [null] }, context);
  assertEquals(owners(next), []);
});

Deno.test("serverSideApply() gives untracked fields to before-first-apply", () => {
  const result = serverSideApply(
    { spec: { a: 1 } },
    { spec: { b: 1 } },
    at(1, "one"),
  );
  assertEquals("object" in result && owners(result.object), [
    ["one Apply 01", { "f:spec": { "f:b": {} } }],
    ["before-first-apply Update 01", { "f:spec": { ".": {}, "f:a": {} } }],
  ]);
});

Deno.test("serverSideApply() never changes its arguments", () => {
  const freeze = <T>(value: T): T => {
    if (typeof value === "object" && value !== null) {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  let live: JsonObject | undefined;
  const configs = [{ spec: { a: 1, l: [1] } }, { spec: { b: { c: 1 } } }, {}];
  for (const [index, config] of configs.entries()) {
    const result = serverSideApply(live, freeze(config), at(index, "one"));
    if ("object" in result) live = freeze(result.object);
    live = freeze(
      updateManagedFields(
        live,
        freeze({ spec: { d: index } }),
        at(index, "two"),
      ),
    );
  }
  assertEquals(live?.spec, { d: 2 });
});
