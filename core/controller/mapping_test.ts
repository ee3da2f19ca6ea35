import { assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { Store } from "../watch/store.ts";
import {
  always,
  type Mapper,
  ownerFromAnnotation,
  ownerFromLabel,
  ownersOf,
} from "./mapping.ts";

const app = { group: "example.io", kind: "App", scope: "Namespaced" } as const;
const reference = {
  apiVersion: "example.io/v1",
  kind: "App",
  name: "web",
  uid: "uid-2",
};

function map(mapper: Mapper<KubeObject>, metadata: object): ObjectKey[] {
  return [...mapper(kubeObject({ metadata: { ...metadata } }), new Store())];
}

Deno.test("ownersOf() keeps the namespace of a namespaced owner", () => {
  assertEquals(map(ownersOf(app), { ownerReferences: [reference] }), [
    { name: "web", namespace: "default" },
  ]);
});

Deno.test("ownersOf() gives a cluster-scoped owner one key, whoever it owns", () => {
  const mapper = ownersOf({ ...app, scope: "Cluster" });
  for (const namespace of ["default", "other", undefined]) {
    const metadata = { namespace, ownerReferences: [reference] };
    assertEquals(map(mapper, metadata), [{ name: "web" }]);
  }
});

Deno.test("ownersOf() maps to owners of the kind only, in any version", () => {
  const cases: [object, number][] = [
    [{}, 1],
    [{ apiVersion: "example.io/v1alpha1" }, 1],
    [{ apiVersion: "v1" }, 0],
    [{ apiVersion: "other.io/v1" }, 0],
    [{ kind: "Database" }, 0],
  ];
  for (const [change, expected] of cases) {
    const ownerReferences = [{ ...reference, ...change }];
    assertEquals(map(ownersOf(app), { ownerReferences }).length, expected);
  }
  const pod = { group: "", kind: "Pod", scope: "Namespaced" } as const;
  const core = { ...reference, apiVersion: "v1", kind: "Pod" };
  assertEquals(map(ownersOf(pod), { ownerReferences: [core] }).length, 1);
  assertEquals(map(ownersOf(app), {}), []);
  const ownerReferences = [reference];
  assertEquals(
    map(ownersOf(app), { namespace: undefined, ownerReferences }),
    [],
  );
});

Deno.test("ownerFromLabel() maps to the name in the namespace of the object", () => {
  const mapper = ownerFromLabel("app");
  const key = { name: "web", namespace: "default" };
  assertEquals(map(mapper, { labels: { app: "web" } }), [key]);
  assertEquals(map(mapper, { labels: { other: "web" } }), []);
  assertEquals(map(mapper, { labels: { app: "" } }), []);
  assertEquals(map(mapper, {}), []);
  const labels = { app: "web" };
  assertEquals(map(mapper, { namespace: undefined, labels }), []);
});

Deno.test("ownerFromLabel() leaves out the namespace of a cluster-scoped owner", () => {
  const mapper = ownerFromLabel("app", { scope: "Cluster" });
  assertEquals(map(mapper, { labels: { app: "web" } }), [{ name: "web" }]);
});

Deno.test("ownerFromAnnotation() finds an owner in another namespace", () => {
  const mapper = ownerFromAnnotation("owner");
  const cases: [string, ObjectKey[]][] = [
    ["apps/web", [{ name: "web", namespace: "apps" }]],
    ["web", [{ name: "web" }]],
    ["", []],
    ["a/b/c", []],
    ["/web", []],
  ];
  for (const [owner, keys] of cases) {
    assertEquals(map(mapper, { annotations: { owner } }), keys, owner);
  }
  assertEquals(map(mapper, {}), []);
});

Deno.test("always() maps everything to the same keys", () => {
  const keys: ObjectKey[] = [{ name: "a", namespace: "b" }, { name: "c" }];
  const mapper = always(keys);
  const given = mapper(1, new Store());
  assertEquals([...given], [...keys]);
  keys.pop();
  assertEquals([...mapper(2, new Store())].length, 2);
});
