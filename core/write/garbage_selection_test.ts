import { assertEquals, assertThrows } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { memoryApi } from "../../tests/memory_api.ts";
import { ConfigMap, Node } from "../builtin/core_v1.ts";
import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import {
  type GarbageSelection,
  selectChildren,
  selectorOf,
} from "./garbage_selection.ts";
import { ownerReference } from "./owner_reference.ts";

const prefix = "example.io";
const ownerUid = "example.io/owner-uid";
const owner = kubeObject({ metadata: { name: "app", uid: "uid-app" } });
const clusterOwner = kubeObject({
  metadata: { namespace: undefined, uid: "uid-app" },
});

function object(
  key: string,
  labels: Readonly<Record<string, string>>,
): KubeObject {
  const [namespace, name] = key.split("/");
  const ownerReferences = [ownerReference(owner)];
  return kubeObject({ metadata: { namespace, name, labels, ownerReferences } });
}

const objects = ["default", "other"].flatMap((namespace) => [
  object(`${namespace}/plain`, {}),
  object(`${namespace}/web`, { app: "web" }),
  object(`${namespace}/mark`, { [ownerUid]: "uid-app" }),
  object(`${namespace}/both`, { app: "web", [ownerUid]: "uid-app" }),
]);

const inDefault = ["plain", "web", "mark", "both"].map((n) => `default/${n}`);

/** Each selection: what it asks the API server and caches for, what it finds. */
const cases: readonly {
  readonly selection: GarbageSelection;
  readonly labelSelector?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly found: readonly string[];
}[] = [
  { selection: { owner }, namespace: "default", found: inDefault },
  {
    selection: { owner, labelSelector: "app=web" },
    labelSelector: "app=web",
    namespace: "default",
    labels: { app: "web" },
    found: ["default/web", "default/both"],
  },
  {
    selection: { owner, prefix },
    labelSelector: "example.io/owner-uid=uid-app",
    labels: { [ownerUid]: "uid-app" },
    found: ["default/mark", "default/both", "other/mark", "other/both"],
  },
  {
    selection: { owner, prefix, namespace: "other", labelSelector: "app=web" },
    labelSelector: "example.io/owner-uid=uid-app,app=web",
    namespace: "other",
    labels: { app: "web", [ownerUid]: "uid-app" },
    found: ["other/both"],
  },
  {
    selection: { owner: clusterOwner },
    found: [
      ...inDefault,
      ...inDefault.map((k) => k.replace("default", "other")),
    ],
  },
  {
    selection: { labelSelector: " app=web " },
    labelSelector: "app=web",
    labels: { app: "web" },
    found: ["default/web", "default/both", "other/web", "other/both"],
  },
  {
    selection: { labelSelector: "app=web,app", namespace: "other" },
    labelSelector: "app=web,app",
    namespace: "other",
    labels: {},
    found: ["other/web", "other/both"],
  },
  {
    selection: { owner, namespace: "other" }, // its references do not count there
    namespace: "other",
    found: [],
  },
];

Deno.test("selectorOf() asks for what is meant, and judges alike", () => {
  for (
    const { selection, labelSelector, namespace, labels = {}, found } of cases
  ) {
    const selector = selectorOf(ConfigMap, selection);
    assertEquals(selector.labelSelector, labelSelector);
    assertEquals(selector.query, { namespace, labels });
    const selected = objects.filter(selector.selects);
    assertEquals(selected.map(({ metadata }) => formatKey(metadata)), found);
  }
});

Deno.test("selectorOf() refuses to select everything, or nothing", () => {
  const empty = "without an owner, labelSelector must not be empty";
  const ghost = kubeObject({ metadata: { uid: "" } });
  const refused: [GarbageSelection, string][] = [
    [{ labelSelector: "" }, empty],
    [{ labelSelector: "  " }, empty],
    // A caller without types may leave out both.
    [{} as unknown as GarbageSelection, empty],
    [{ owner: ghost }, "it has no uid"],
    [{ owner: ghost, prefix }, "it has no uid"],
    [{ owner, prefix: "" }, "is not a domain"],
  ];
  for (const [selection, message] of refused) {
    assertThrows(() => selectorOf(ConfigMap, selection), TypeError, message);
  }
  assertThrows(
    () => selectorOf(Node, { owner }),
    TypeError,
    'Cannot collect nodes of "default": they have no namespace',
  );
  selectorOf(Node, { owner, prefix });
  selectorOf(Node, { owner: clusterOwner });
});

Deno.test("selectChildren() reads page after page", async () => {
  const { client, objects, requests } = memoryApi();
  for (let i = 0; i < 1_201; i++) {
    const child = object(`default/${i}`, {});
    objects.set(`/api/v1/namespaces/default/configmaps/${i}`, child);
  }
  const selector = selectorOf(ConfigMap, { owner });
  const found = await selectChildren(client.resource(ConfigMap), { selector });
  assertEquals(found.length, 1_201);
  assertEquals(requests.length, 3);
});

Deno.test("selectChildren() reads a cache that covers the selection, and no other", async () => {
  const { client, caches, requests } = memoryApi();
  let covers = true;
  caches.add(ConfigMap, {
    covers: () => covers,
    get: () => undefined,
    list: ({ namespace } = {}) =>
      objects.filter(({ metadata }) =>
        namespace === undefined || metadata.namespace === namespace
      ),
    byLabel: (label, value) =>
      objects.filter(({ metadata }) => metadata.labels?.[label] === value),
    beginWrite: () => {},
    endWrite: () => {},
  });
  const configMaps = client.resource(ConfigMap);
  for (const { selection, found } of cases) {
    const selector = selectorOf(ConfigMap, selection);
    const children = await selectChildren(configMaps, { selector });
    assertEquals(
      children.map(({ metadata }) => formatKey(metadata)),
      [...found],
    );
  }
  assertEquals(requests, []);
  covers = false;
  const selector = selectorOf(ConfigMap, { owner });
  assertEquals(await selectChildren(configMaps, { selector }), []);
  assertEquals(requests.length, 1);
});
