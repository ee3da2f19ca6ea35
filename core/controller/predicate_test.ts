import { assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import type { KubeObject } from "../kind/object.ts";
import {
  allOf,
  anyOf,
  generationChanged,
  not,
  resourceVersionChanged,
  specOrMetadataChanged,
} from "./predicate.ts";

const predicates = {
  resourceVersionChanged,
  generationChanged,
  specOrMetadataChanged,
};

/** What each predicate says of a modification of a base object. */
function judge(
  base: Parameters<typeof kubeObject>[0] = {},
  change: Parameters<typeof kubeObject>[0] = {},
): string[] {
  const old = kubeObject(base);
  const object = kubeObject({
    ...base,
    ...change,
    metadata: { ...base.metadata, ...change.metadata },
  });
  return Object.entries(predicates)
    .filter(([, passes]) => passes({ type: "modified", object, old }))
    .map(([name]) => name);
}

const all = Object.keys(predicates);
const [any, , specOrMetadata] = all;

Deno.test("predicates judge kinds with a generation by it", () => {
  const base = {
    metadata: { generation: 1, labels: { a: "b" } },
    spec: { size: 1 },
    status: { ready: false },
  };
  const next = (more: object) => ({
    metadata: { resourceVersion: "2", ...more },
  });
  const cases: [Parameters<typeof judge>[1], unknown[]][] = [
    [{}, []],
    [{ ...next({}), status: { ready: true } }, [any]],
    [next({ managedFields: [{}] }), [any]],
    [{ ...next({ generation: 2 }), spec: { size: 2 } }, all],
    [next({ labels: { a: "c" } }), [any, specOrMetadata]],
    [next({ labels: undefined }), [any, specOrMetadata]],
    [next({ annotations: { a: "c" } }), [any, specOrMetadata]],
    [next({ finalizers: ["a/b"] }), [any, specOrMetadata]],
    [next({ ownerReferences: [{ uid: "2" }] }), [any, specOrMetadata]],
    [next({ deletionTimestamp: "2025-01-01T00:00:00Z" }), [
      any,
      specOrMetadata,
    ]],
  ];
  for (const [change, expected] of cases) {
    assertEquals(judge(base, change), expected, JSON.stringify(change));
  }
});

Deno.test("predicates judge kinds without a generation by their content", () => {
  const base = { metadata: { labels: { a: "b" } }, data: { color: "blue" } };
  const metadata = { resourceVersion: "2" };
  assertEquals(judge(base, { metadata }), [any]);
  assertEquals(judge(base, { metadata: { ...metadata, managedFields: [] } }), [
    any,
  ]);
  assertEquals(judge(base, { metadata, data: { color: "red" } }), all);
  assertEquals(judge(base, { metadata: { ...metadata, labels: {} } }), [
    any,
    specOrMetadata,
  ]);
});

Deno.test("predicates pass additions, deletions, and another object of the same key", () => {
  const object = kubeObject();
  for (const passes of Object.values(predicates)) {
    assertEquals(passes({ type: "added", object, old: undefined }), true);
    assertEquals(passes({ type: "deleted", object, old: object }), true);
    const old = kubeObject({ metadata: { uid: "uid-0" } });
    assertEquals(passes({ type: "modified", object, old }), true);
  }
});

Deno.test("anyOf(), allOf() and not() combine predicates", () => {
  const change = {
    type: "added",
    object: kubeObject(),
    old: undefined,
  } as const;
  const yes = () => true;
  const no = () => false;
  assertEquals(anyOf(no, yes)(change), true);
  assertEquals(anyOf(no, no)(change), false);
  assertEquals(anyOf()(change), false);
  assertEquals(allOf(yes, yes)(change), true);
  assertEquals(allOf(yes, no)(change), false);
  assertEquals(allOf()(change), true);
  assertEquals(not(no)(change), true);
  assertEquals(not<KubeObject>(generationChanged)(change), false);
});
