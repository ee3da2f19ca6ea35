import { assertEquals } from "@std/assert";
import { distilResources } from "./distil_resources.ts";

Deno.test("distilResources() reads aggregated discovery", () => {
  const document = {
    items: [{
      metadata: { name: "apps" },
      versions: [{
        version: "v1",
        resources: [{
          resource: "deployments",
          responseKind: { group: "apps", version: "v1", kind: "Deployment" },
          scope: "Namespaced",
          singularResource: "deployment",
          verbs: ["get"],
          shortNames: ["deploy"],
          subresources: [{
            subresource: "scale",
            responseKind: {
              group: "autoscaling",
              version: "v1",
              kind: "Scale",
            },
            verbs: ["get"],
          }],
        }],
      }],
    }],
  };
  assertEquals(distilResources(document), [{
    group: "apps",
    version: "v1",
    kind: "Deployment",
    plural: "deployments",
    singular: "deployment",
    shortNames: ["deploy"],
    categories: [],
    namespaced: true,
    verbs: ["get"],
    subresources: [{
      name: "scale",
      kind: "Scale",
      group: "autoscaling",
      version: "v1",
      verbs: ["get"],
    }],
  }]);
});
