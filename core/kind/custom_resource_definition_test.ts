import { assertEquals, assertThrows } from "@std/assert";
import { customResourceDefinition } from "./custom_resource_definition.ts";
import { defineKind } from "./define_kind.ts";
import { fromJsonSchema } from "./schema.ts";

const DEFINITION = {
  group: "example.io",
  kind: "Greeting",
  plural: "greetings",
  scope: "Cluster",
  spec: fromJsonSchema<{ message?: string }>({ type: "object" }),
} as const;
const alpha = defineKind({ ...DEFINITION, version: "v1alpha1" });
const stable = defineKind({ ...DEFINITION, version: "v1" });

Deno.test("customResourceDefinition() of one kind is its manifest", () => {
  assertEquals(customResourceDefinition(alpha), alpha.manifest);
  assertEquals(customResourceDefinition([alpha]), alpha.manifest);
});

Deno.test("customResourceDefinition() serves all versions and stores one", () => {
  const { spec } = customResourceDefinition([alpha, stable], { storage: "v1" });
  assertEquals(
    spec.versions.map(({ name, served, storage }) => [name, served, storage]),
    [["v1alpha1", true, false], ["v1", true, true]],
  );
  assertEquals(spec.conversion, undefined);
});

Deno.test("customResourceDefinition() keeps a version that is not served", () => {
  const conversion = {
    strategy: "Webhook",
    webhook: {
      clientConfig: { url: "https://localhost:8443/convert" },
      conversionReviewVersions: ["v1"],
    },
  } as const;
  const { spec } = customResourceDefinition([alpha, stable], {
    storage: "v1",
    served: ["v1"],
    conversion,
  });
  assertEquals(spec.versions.map(({ served }) => served), [false, true]);
  assertEquals(spec.conversion, conversion);
});

Deno.test("customResourceDefinition() refuses what is not one CRD", () => {
  const other = defineKind({
    ...DEFINITION,
    version: "v2",
    shortNames: ["gr"],
  });
  for (
    const [kinds, storage, message] of [
      [[], "v1", "there is no kind"],
      [[alpha, stable], undefined, "the option storage has to name"],
      [[alpha, stable], "v2", 'there is no version "v2"'],
      [[alpha, alpha], "v1alpha1", '"v1alpha1" is there twice'],
      [[alpha, other], "v2", '"v2" has another group, scope or name'],
    ] as const
  ) {
    assertThrows(
      () =>
        customResourceDefinition(kinds, {
          ...storage === undefined ? {} : { storage },
        }),
      TypeError,
      message,
    );
  }
  assertThrows(
    () => customResourceDefinition(alpha, { served: ["v3"] }),
    TypeError,
    'Cannot make the CRD of "Greeting": there is no version "v3"',
  );
});
