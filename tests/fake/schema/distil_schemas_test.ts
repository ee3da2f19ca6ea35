import { assertEquals } from "@std/assert";
import { distilResources } from "./distil_resources.ts";
import { distilSchemas, type OpenApiSchema } from "./distil_schemas.ts";

const ref = (name: string): OpenApiSchema => ({
  $ref: `#/components/schemas/${name}`,
});

Deno.test("distilSchemas() keeps what the resources reach", () => {
  const schemas: Record<string, OpenApiSchema> = {
    Box: {
      type: "object",
      properties: {
        lid: { default: {}, allOf: [ref("Lid")] },
        names: {
          type: "array",
          items: { type: "string" },
          "x-kubernetes-patch-strategy": "merge",
        },
      },
      "x-kubernetes-group-version-kind": [
        { group: "g", version: "v1", kind: "Box" },
      ],
    },
    Lid: { type: "object", properties: { size: ref(QUANTITY) } },
    Unused: { type: "string" },
    [QUANTITY]: {},
  };
  const [resource] = distilResources({
    items: [{
      metadata: { name: "g" },
      versions: [{
        version: "v1",
        resources: [{
          resource: "boxes",
          responseKind: { kind: "Box" },
          scope: "Namespaced",
          singularResource: "box",
          verbs: ["get"],
        }],
      }],
    }],
  });
  assertEquals(
    distilSchemas([{ components: { schemas } }], resource ? [resource] : []),
    {
      kinds: { "g/v1/Box": "Box" },
      definitions: {
        Box: {
          type: "object",
          properties: {
            lid: { $ref: "Lid", default: {} },
            names: {
              type: "array",
              listType: "set",
              patchStrategy: "merge",
              items: { type: "string" },
            },
          },
        },
        Lid: { type: "object", properties: { size: { $ref: QUANTITY } } },
        [QUANTITY]: { intOrString: true, validation: { format: "quantity" } },
      },
    },
  );
});

const QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
