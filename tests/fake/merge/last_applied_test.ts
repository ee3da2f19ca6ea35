import { assertEquals, assertStrictEquals } from "@std/assert";
import { lastAppliedFields, syncLastApplied } from "./last_applied.ts";

const ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
const context = {
  schema: { type: "object" },
  manager: "kubectl",
  apiVersion: "v1",
  time: "2030-01-01T00:00:00Z",
} as const;

function objectWith(annotation: string) {
  return {
    apiVersion: "v1",
    metadata: { annotations: { [ANNOTATION]: annotation } },
    data: { same: "1", changed: "2" },
  };
}

Deno.test("lastAppliedFields() has what is still as it was applied", () => {
  const config = {
    apiVersion: "v1",
    data: { same: "1", changed: "1", gone: "1" },
  };
  assertEquals(
    lastAppliedFields(objectWith(JSON.stringify(config)), context),
    { "f:apiVersion": {}, "f:data": { ".": {}, "f:same": {} } },
  );
});

Deno.test("lastAppliedFields() is empty without a readable annotation", () => {
  for (const text of ["", "{", "1", '{"apiVersion":"v2"}']) {
    assertEquals(lastAppliedFields(objectWith(text), context), undefined);
  }
  assertEquals(lastAppliedFields(undefined, context), undefined);
});

Deno.test("syncLastApplied() writes the configuration with sorted keys", () => {
  const synced = syncLastApplied(objectWith("{}"), {
    metadata: { name: "n", annotations: { [ANNOTATION]: "x", other: "<" } },
    apiVersion: "v1",
  });
  assertEquals(synced.metadata, {
    annotations: {
      [ANNOTATION]:
        '{"apiVersion":"v1","metadata":{"annotations":{"other":"\\u003c"},"name":"n"}}\n',
    },
  });
});

Deno.test("syncLastApplied() adds no annotation", () => {
  const object = { metadata: {} };
  assertStrictEquals(syncLastApplied(object, {}), object);
});
