import { assertEquals, assertThrows } from "@std/assert";
import { SchemaError } from "./schema_error.ts";
import { statusSchema } from "./status_schema.ts";

Deno.test("statusSchema() adds the standard fields", () => {
  const { type, properties = {} } = statusSchema({
    type: "object",
    properties: { ready: { type: "boolean" } },
  });
  assertEquals(type, "object");
  assertEquals(Object.keys(properties).toSorted(), [
    "conditions",
    "observedGeneration",
    "ready",
  ]);
  assertEquals(properties["conditions"]?.["x-kubernetes-list-map-keys"], [
    "type",
  ]);
});

Deno.test("statusSchema() is an object without any schema", () => {
  assertEquals(statusSchema({}).type, "object");
});

Deno.test("statusSchema() keeps the conditions of a schema that has them", () => {
  const conditions = { type: "array", items: { type: "string" } };
  const { properties = {} } = statusSchema({ properties: { conditions } });
  assertEquals(properties["conditions"], conditions);
});

Deno.test("statusSchema() refuses what has no room for conditions", () => {
  for (
    const schema of [
      { type: "string" },
      { type: "object", additionalProperties: { type: "string" } },
    ]
  ) assertThrows(() => statusSchema(schema), SchemaError, "named members");
});
