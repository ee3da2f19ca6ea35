import { assert, assertEquals } from "@std/assert";
import type { Kind } from "../kind/kind.ts";
import { kindId } from "../kind/kind.ts";
import { builtin } from "./builtin.ts";
import served from "./builtin_data.json" with { type: "json" };
import * as descriptors from "./mod.ts";

const kinds: readonly Kind[] = Object.values(descriptors);

Deno.test("builtin() splits the API version", () => {
  const lease = builtin({
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    plural: "leases",
    scope: "Namespaced",
  });
  assertEquals(lease.group, "coordination.k8s.io");
  assertEquals(lease.version, "v1");
  assert(Object.isFrozen(lease));
});

Deno.test("builtin() knows that a lone version is of the core group", () => {
  const node = builtin({
    apiVersion: "v1",
    kind: "Node",
    plural: "nodes",
    scope: "Cluster",
  });
  assertEquals([node.group, node.version], ["", "v1"]);
});

// builtin_data.json is the discovery of a kube-apiserver 1.35.4 as it starts
// by default, without subresources
Deno.test("descriptors are those of the kinds that the server serves", () => {
  const described = kinds.map(({ apiVersion, kind, plural, scope }) => ({
    apiVersion,
    kind,
    plural,
    scope,
  }));
  const byName = (a: { apiVersion: string; plural: string }) =>
    `${a.apiVersion}/${a.plural}`;
  assertEquals(
    described.toSorted((a, b) => byName(a) < byName(b) ? -1 : 1),
    served.toSorted((a, b) => byName(a) < byName(b) ? -1 : 1),
  );
});

Deno.test("descriptors are unique", () => {
  assertEquals(new Set(kinds.map(kindId)).size, kinds.length);
});

Deno.test("descriptors have the name of their kind unless it is taken", () => {
  const others = Object.entries<Kind>(descriptors)
    .filter(([name, { kind }]) => name !== kind);
  assertEquals(others.map(([name, kind]) => [name, kindId(kind)]), [
    ["CoreEvent", "events/v1"],
    [
      "HorizontalPodAutoscalerV1",
      "horizontalpodautoscalers.autoscaling/v1",
    ],
  ]);
});
