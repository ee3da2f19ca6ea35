import {
  assert,
  assertEquals,
  assertFalse,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import type { KubeObject } from "../kind/object.ts";
import { Store } from "./store.ts";

interface ObjectOptions {
  readonly namespace?: string;
  readonly uid?: string;
  readonly version?: string;
  readonly labels?: Record<string, string>;
}

function object(name: string, options: ObjectOptions = {}): KubeObject {
  const { namespace = "ns", uid = `${name}-1`, version = "1" } = options;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion: version,
      creationTimestamp: "2025-01-01T00:00:00Z",
      labels: options.labels ?? {},
    },
  };
}

const names = (objects: readonly KubeObject[]): string[] =>
  objects.map(({ metadata }) => metadata.name).sort();

Deno.test("Store.set() returns the object it replaces", () => {
  const store = new Store();
  const [first, second] = [object("a"), object("a", { version: "2" })];
  assertEquals(store.set(first), undefined);
  assertStrictEquals(store.set(second), first);
  assertStrictEquals(store.get(second.metadata), second);
  assertEquals(store.size, 1);
});

Deno.test("Store.delete() returns the object it takes out", () => {
  const store = new Store();
  const only = object("a");
  store.set(only);
  assertStrictEquals(store.delete({ name: "a", namespace: "ns" }), only);
  assertEquals(store.delete({ name: "a", namespace: "ns" }), undefined);
  assertEquals(store.size, 0);
});

Deno.test("Store tells namespaces apart, and objects without one", () => {
  const store = new Store();
  store.set(object("a", { namespace: "one" }));
  store.set(object("a", { namespace: "two" }));
  const { metadata: { namespace: _, ...metadata }, ...rest } = object("a");
  store.set({ ...rest, metadata });
  assertEquals(store.keys(), [
    { name: "a", namespace: "one" },
    { name: "a", namespace: "two" },
    { name: "a" },
  ]);
  assertEquals(store.get({ name: "a" })?.metadata.namespace, undefined);
});

Deno.test("Store.list() reads a namespace, also after changes", () => {
  const store = new Store();
  store.set(object("a", { namespace: "one" }));
  store.set(object("b", { namespace: "two" }));
  assertEquals(names(store.list()), ["a", "b"]);
  assertEquals(names(store.list({ namespace: "one" })), ["a"]);
  store.set(object("c", { namespace: "one" }));
  store.delete({ name: "a", namespace: "one" });
  assertEquals(names(store.list({ namespace: "one" })), ["c"]);
  assertEquals(store.list({ namespace: "three" }), []);
});

Deno.test("Store.byLabel() follows changes of labels", () => {
  const store = new Store();
  store.set(object("a", { labels: { app: "web" } }));
  store.set(object("b", { labels: { app: "web", tier: "db" } }));
  assertEquals(names(store.byLabel("app", "web")), ["a", "b"]);
  store.set(object("a", { version: "2", labels: { app: "job" } }));
  store.set(object("c", { labels: { app: "web" } }));
  store.delete({ name: "b", namespace: "ns" });
  assertEquals(names(store.byLabel("app", "web")), ["c"]);
  assertEquals(names(store.byLabel("app", "job")), ["a"]);
  store.replace([object("d", { labels: { app: "web" } })]);
  assertEquals(names(store.byLabel("app", "web")), ["d"]);
  assertEquals(store.byLabel("app", "job"), []);
});

Deno.test("Store.byIndex() finds objects under each of their values", () => {
  const store = new Store({
    indexes: { byLetter: ({ metadata }) => [...metadata.name] },
  });
  store.set(object("ab"));
  store.set(object("bc"));
  assertEquals(names(store.byIndex("byLetter", "b")), ["ab", "bc"]);
  assertEquals(names(store.byIndex("byLetter", "c")), ["bc"]);
});

Deno.test("Store.byIndex() throws and names the indexes when there is no such", () => {
  const store = new Store({ indexes: { a: () => [], b: () => [] } });
  assertThrows(
    () => store.byIndex("c", ""),
    TypeError,
    'Cannot read index "c": the store has a, b',
  );
});

Deno.test("Store.replace() says what differs and keeps what does not", () => {
  const store = new Store();
  const same = object("same");
  const gone = object("gone");
  const old = object("changed");
  const before = object("again");
  for (const each of [same, gone, old, before]) store.set(each);

  const changed = object("changed", { version: "2" });
  const again = object("again", { uid: "again-2", version: "2" });
  const added = object("added");
  const changes = store.replace([object("same"), changed, again, added]);

  assertEquals(changes, [
    { type: "deleted", object: before },
    { type: "deleted", object: gone },
    { type: "added", object: again },
    { type: "added", object: added },
    { type: "modified", object: changed, old },
  ]);
  assertStrictEquals(store.get(same.metadata), same);
  assertEquals(store.size, 4);
});

Deno.test("Store.replace() takes an older version too, since a list is the truth", () => {
  const store = new Store();
  store.set(object("a", { version: "9" }));
  const [change] = store.replace([object("a", { version: "3" })]);
  assertEquals(change?.type, "modified");
  assertEquals(store.list()[0]?.metadata.resourceVersion, "3");
});

Deno.test("F65 Store freezes what it hands out, and not before", () => {
  const store = new Store({ indexes: { none: () => [] } });
  const lazy = new Store();
  const untouched = object("a");
  lazy.set(untouched);
  assertFalse(Object.isFrozen(untouched));

  const reads: [string, () => KubeObject | undefined][] = [
    ["get", () => lazy.get({ name: "a", namespace: "ns" })],
    ["list", () => lazy.list()[0]],
    ["list of a namespace", () => lazy.list({ namespace: "ns" })[0]],
    ["byLabel", () => lazy.byLabel("app", "web")[0]],
  ];
  for (const [read, take] of reads) {
    lazy.set(object("a", { labels: { app: "web" } }));
    const labels = take()?.metadata.labels;
    assert(labels !== undefined && Object.isFrozen(labels), read);
  }

  const indexed = object("a");
  store.set(indexed);
  assert(Object.isFrozen(indexed), "before index functions see it");
});
