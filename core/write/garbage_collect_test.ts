import { assert, assertEquals, assertRejects } from "@std/assert";
import { kubeObject, type ObjectParts } from "../../tests/kube_object.ts";
import {
  memoryApi,
  type MemoryApiOptions,
  refusal,
} from "../../tests/memory_api.ts";
import { ConfigMap } from "../builtin/core_v1.ts";
import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import {
  garbageCollect,
  type GarbageCollectOptions,
  type GarbageResult,
} from "./garbage_collect.ts";
import { ownerMark } from "./owner_mark.ts";
import { ownerReference } from "./owner_reference.ts";

const prefix = "example.io";
const owner = kubeObject({ metadata: { name: "app", uid: "uid-app" } });
const other = kubeObject({ metadata: { name: "app", uid: "uid-other" } });
const deletionTimestamp = "2025-01-01T00:00:00Z";
const none = { keep: () => false };

function pathOf({ namespace, name }: ObjectKey): string {
  return `/api/v1/namespaces/${namespace}/configmaps/${name}`;
}

/** A child by reference, `namespace/name`. */
function child(key: string, parts: ObjectParts["metadata"] = {}): KubeObject {
  const [namespace, name] = key.split("/");
  const ownerReferences = [ownerReference(owner)];
  const uid = `uid-${key}`;
  const metadata = { namespace, name, uid, ownerReferences, ...parts };
  return kubeObject({ metadata });
}

function marked(key: string, by = owner): KubeObject {
  const { labels } = ownerMark(by, { prefix });
  return child(key, { labels, ownerReferences: undefined });
}

function world(objects: readonly KubeObject[], options?: MemoryApiOptions) {
  const api = memoryApi(options);
  for (const object of objects) {
    api.objects.set(pathOf(object.metadata), object);
  }
  const configMaps = api.client.resource(ConfigMap);
  return {
    ...api,
    configMaps,
    collect: (options: GarbageCollectOptions<ConfigMap>) =>
      garbageCollect(configMaps, options),
    left: () => [...api.objects.values()].map((o) => formatKey(o.metadata)),
    methods: () => api.requests.map(({ method }) => method),
  };
}

/** The lists that hold something, with keys as text. */
function summary(result: GarbageResult): Record<string, string[]> {
  const { failed, ...lists } = result;
  const all = { ...lists, failed: failed.map(({ key }) => key) };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, keys]) => keys.length > 0)
      .map(([list, keys]) => [list, keys.map(formatKey)]),
  );
}

Deno.test("garbageCollect() deletes unwanted children of the owner only", async () => {
  const { collect, left, requests } = world([
    child("default/wanted"),
    child("default/old"),
    child("default/foreign", { ownerReferences: [ownerReference(other)] }),
    child("default/nobody", { ownerReferences: undefined }),
    child("other/old"),
  ]);
  const result = await collect({
    owner,
    keep: ({ metadata }) => metadata.name === "wanted",
  });
  assertEquals(summary(result), {
    kept: ["default/wanted"],
    deleted: ["default/old"],
  });
  assertEquals(left(), [
    "default/wanted",
    "default/foreign",
    "default/nobody",
    "other/old",
  ]);
  assertEquals(requests[0]?.path, "/api/v1/namespaces/default/configmaps");
});

Deno.test("F80 garbageCollect() deletes with uid and version, and strips no finalizer", async () => {
  const { collect, requests, left } = world([
    child("default/a", { resourceVersion: "7", finalizers: ["o.io/f"] }),
  ]);
  const result = await collect({
    owner,
    ...none,
    propagationPolicy: "Foreground",
  });
  assertEquals(summary(result), { deleted: ["default/a"] });
  assertEquals(requests.map(({ method }) => method), ["GET", "DELETE"]);
  assertEquals(requests[1]?.body, {
    apiVersion: "v1",
    kind: "DeleteOptions",
    propagationPolicy: "Foreground",
    preconditions: { uid: "uid-default/a", resourceVersion: "7" },
  });
  assertEquals(left(), ["default/a"]);
});

Deno.test("garbageCollect() with a prefix deletes each child in its own namespace", async () => {
  const unlabelled = child("default/copy", { ownerReferences: undefined });
  const { collect, left, requests } = world([
    unlabelled,
    marked("target/copy"),
    marked("former/copy"),
    marked("target/foreign", other),
  ]);
  // The same name in another namespace is another object.
  const result = await collect({
    owner,
    prefix,
    keep: ({ metadata }) => formatKey(metadata) === "target/copy",
  });
  assertEquals(summary(result), {
    kept: ["target/copy"],
    deleted: ["former/copy"],
  });
  assertEquals(left(), ["default/copy", "target/copy", "target/foreign"]);
  assertEquals(requests[0]?.path, "/api/v1/configmaps");
  assertEquals(
    requests[0]?.query?.labelSelector,
    "example.io/owner-uid=uid-app",
  );
});

Deno.test("garbageCollect() of two owners never meets", async () => {
  const { collect, left } = world([
    marked("target/a"),
    marked("target/b", other),
  ]);
  for (let round = 0; round < 3; round++) {
    await collect({
      owner,
      prefix,
      keep: ({ metadata }) => metadata.name === "a",
    });
    await collect({
      owner: other,
      prefix,
      keep: ({ metadata }) => metadata.name === "b",
    });
  }
  assertEquals(left(), ["target/a", "target/b"]);
});

Deno.test("F80 garbageCollect() judges again what changed meanwhile", async () => {
  const cases: [KubeObject | undefined, Record<string, string[]>][] = [
    [child("default/a", { resourceVersion: "2" }), { deleted: ["default/a"] }],
    [
      child("default/a", { resourceVersion: "2", annotations: { keep: "1" } }),
      { kept: ["default/a"] },
    ],
    [child("default/a", { uid: "uid-9", ownerReferences: [] }), {}],
    [
      child("default/a", {
        resourceVersion: "2",
        deletionTimestamp,
        finalizers: ["o.io/f"],
      }),
      { terminating: ["default/a"] },
    ],
    [undefined, {}],
  ];
  for (const [live, expected] of cases) {
    const { collect, objects } = world([child("default/a")], {
      before: ({ method }) => {
        const path = pathOf({ namespace: "default", name: "a" });
        if (method !== "DELETE" || objects.get(path) === live) return;
        if (live) objects.set(path, live);
        else objects.delete(path);
      },
    });
    const result = await collect({
      owner,
      keep: ({ metadata }) => metadata.annotations?.keep === "1",
    });
    assertEquals(summary(result), expected);
  }
});

Deno.test("garbageCollect() reports what changes again and again as failed", async () => {
  let version = 1;
  const { collect, objects, methods } = world([child("default/a")], {
    before: ({ method }) => {
      if (method !== "DELETE") return;
      const next = child("default/a", { resourceVersion: `${++version}` });
      objects.set(pathOf(next.metadata), next);
    },
  });
  assertEquals(summary(await collect({ owner, ...none })), {
    failed: ["default/a"],
  });
  assertEquals(methods(), ["GET", "DELETE", "GET", "DELETE"]);
});

Deno.test("garbageCollect() goes on after a failure", async () => {
  const failure = refusal(500, "InternalError");
  const { collect } = world(["a", "b", "c"].map((n) => child(`default/${n}`)), {
    before: ({ method, path }) => {
      if (method === "DELETE" && path.endsWith("/b")) throw failure;
    },
  });
  const result = await collect({ owner, ...none });
  assertEquals(summary(result), {
    deleted: ["default/a", "default/c"],
    failed: ["default/b"],
  });
  assertEquals(result.failed[0]?.error, failure);
});

Deno.test("garbageCollect() deletes nothing when judging fails", async () => {
  const { collect, left } = world([child("default/a"), child("default/b")]);
  await assertRejects(
    () =>
      collect({
        owner,
        keep: ({ metadata }) => {
          if (metadata.name === "b") throw new Error("no idea");
          return false;
        },
      }),
    Error,
    "no idea",
  );
  assertEquals(left(), ["default/a", "default/b"]);
});

Deno.test("garbageCollect() deletes no object twice, and unblocks what it is told to", async () => {
  const finalizers = ["a.io/a", "b.io/b", "c.io/c"];
  const cases = [
    [undefined, finalizers, "terminating"],
    [["x.io/x"], finalizers, "terminating"],
    [["a.io/a", "c.io/c"], ["b.io/b"], "unblocked"],
    ["all", undefined, "unblocked"],
  ] as const;
  for (const [unblock, left, list] of cases) {
    const { collect, objects, methods } = world([
      child("default/a", { deletionTimestamp, finalizers }),
      child("default/kept", { deletionTimestamp, finalizers }),
    ]);
    const result = await collect({
      owner,
      keep: ({ metadata }) => metadata.name === "kept",
      unblock,
    });
    assertEquals(summary(result), {
      kept: ["default/kept"],
      [list]: ["default/a"],
    });
    const key = { namespace: "default", name: "a" };
    assertEquals(objects.get(pathOf(key))?.metadata.finalizers, left);
    const kept = objects.get(pathOf({ ...key, name: "kept" }));
    assertEquals(kept?.metadata.finalizers, finalizers);
    assert(methods().slice(1).every((method) => method === "PATCH"));
  }
});

Deno.test("garbageCollect() with dryRun lets the API server only check", async () => {
  const terminating = { deletionTimestamp, finalizers: ["a.io/a"] };
  const { collect, requests } = world([
    child("default/a"),
    child("default/b", terminating),
  ]);
  await collect({ owner, ...none, dryRun: true, unblock: "all" });
  assertEquals(requests[1]?.body.dryRun, ["All"]);
  assertEquals(requests[2]?.query?.dryRun, "All");
});

Deno.test("garbageCollect() stops when the signal aborts", async () => {
  const controller = new AbortController();
  const { collect, left } = world(
    ["a", "b"].map((name) => child(`default/${name}`)),
    {
      before: ({ method }) => {
        if (method === "DELETE") controller.abort(new Error("stop"));
      },
    },
  );
  const { signal } = controller;
  await assertRejects(() => collect({ owner, ...none, signal }), Error, "stop");
  assertEquals(left().length, 2);
});
