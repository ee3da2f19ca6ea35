import { assertEquals } from "@std/assert";
import { crdSchema } from "./crd_schema.ts";
import { OBJECT_META_SCHEMA } from "./object_meta_schema.ts";

Deno.test("crdSchema() gives the root its own metadata schema", () => {
  const schema = crdSchema({
    type: "object",
    properties: { metadata: { type: "object" }, spec: { type: "object" } },
  }, { hasStatus: false });
  assertEquals(Object.keys(schema.properties ?? {}).sort(), [
    "apiVersion",
    "kind",
    "metadata",
    "spec",
  ]);
  assertEquals(schema.properties?.metadata, OBJECT_META_SCHEMA);
});

Deno.test("crdSchema() reads the extensions and keeps restrictions apart", () => {
  const schema = crdSchema({
    type: "object",
    properties: {
      tags: {
        type: "array",
        description: "Tags.",
        maxItems: 3,
        "x-kubernetes-list-type": "set",
        items: { type: "string", enum: ["a", "b"] },
      },
      port: { "x-kubernetes-int-or-string": true, default: 80 },
      blob: { type: "object", "x-kubernetes-map-type": "atomic" },
      free: { type: "object", additionalProperties: true },
    },
  }, { hasStatus: false });
  assertEquals(schema.properties?.tags, {
    type: "array",
    listType: "set",
    items: { type: "string", validation: { enum: ["a", "b"] } },
    validation: { maxItems: 3 },
  });
  assertEquals(schema.properties?.port, { intOrString: true, default: 80 });
  assertEquals(schema.properties?.blob, { type: "object", mapType: "atomic" });
  assertEquals(schema.properties?.free, {
    type: "object",
    additionalProperties: { preserveUnknownFields: true },
  });
});

Deno.test("crdSchema() lets nodes below a preserving node merge unknown fields", () => {
  const schema = crdSchema({
    type: "object",
    properties: {
      spec: {
        type: "object",
        "x-kubernetes-preserve-unknown-fields": true,
        properties: { inner: { type: "object" } },
      },
    },
  }, { hasStatus: false });
  assertEquals(schema.properties?.spec, {
    type: "object",
    preserveUnknownFields: true,
    properties: { inner: { type: "object", mergeUnknownFields: true } },
  });
});

Deno.test("crdSchema() adds the fields of an object to an embedded resource", () => {
  const schema = crdSchema({
    type: "object",
    properties: {
      template: { type: "object", "x-kubernetes-embedded-resource": true },
    },
  }, { hasStatus: false });
  assertEquals(
    schema.properties?.template?.properties?.metadata,
    OBJECT_META_SCHEMA,
  );
});
