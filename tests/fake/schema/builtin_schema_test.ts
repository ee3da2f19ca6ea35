import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { builtinResources } from "./builtin_resources.ts";
import { builtinSchema, schemaLookup } from "./builtin_schema.ts";
import { OBJECT_META_SCHEMA } from "./object_meta_schema.ts";

Deno.test("builtinSchema() has every kind that is read or written", async () => {
  for (const resource of await builtinResources()) {
    for (
      const { group, version, kind } of [resource, ...resource.subresources]
    ) {
      if (kind.endsWith("Options")) continue; // Of a proxied connection.
      assert(
        await builtinSchema(group, version, kind),
        `${group}/${version}/${kind} is missing`,
      );
    }
  }
});

Deno.test("builtinSchema() knows no other kind", async () => {
  assertEquals(await builtinSchema("", "v1", "Widget"), undefined);
  assertEquals(await builtinSchema("apps", "v0", "Deployment"), undefined);
});

Deno.test("builtinSchema() gives every kind the metadata schema of custom kinds", async () => {
  const schema = await builtinSchema("", "v1", "ConfigMap");
  assertEquals(schema?.properties?.metadata, {
    ...OBJECT_META_SCHEMA,
    default: {},
  });
});

Deno.test("builtinSchema() resolves types that contain themselves", async () => {
  const schema = await builtinSchema(
    "apiextensions.k8s.io",
    "v1",
    "CustomResourceDefinition",
  );
  const root = schema?.properties?.spec?.properties?.versions?.items?.properties
    ?.schema?.properties?.openAPIV3Schema;
  assertEquals(root?.properties?.not?.properties?.type, { type: "string" });
});

Deno.test("builtinSchema() answers the same object each time", async () => {
  assertStrictEquals(
    await builtinSchema("apps", "v1", "Deployment"),
    await builtinSchema("apps", "v1", "Deployment"),
  );
});

Deno.test("builtinSchema() says what a new object always holds", async () => {
  const deployment = await builtinSchema("apps", "v1", "Deployment");
  assertEquals(deployment?.zero, {
    metadata: {},
    spec: {
      selector: null,
      strategy: {},
      template: { metadata: {}, spec: { containers: null } },
    },
    status: {},
  });
});

Deno.test("schemaLookup() adds what stands beside a reference", () => {
  const lookup = schemaLookup({
    kinds: { "/v1/Box": "Box" },
    definitions: {
      Box: {
        type: "object",
        properties: { lid: { $ref: "Lid", mapType: "atomic" } },
      },
      Lid: { type: "object", properties: { color: { type: "string" } } },
    },
  });
  assertEquals(lookup("/v1/Box")?.properties?.lid, {
    goType: "Lid",
    type: "object",
    mapType: "atomic",
    properties: { color: { type: "string" } },
  });
});
