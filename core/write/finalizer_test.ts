import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { kubeObject, type ObjectParts } from "../../tests/kube_object.ts";
import {
  type MemoryApi,
  memoryApi,
  refusal,
  type SentRequest,
} from "../../tests/memory_api.ts";
import { ConfigMap } from "../builtin/core_v1.ts";
import { ApiError } from "../client/api_error.ts";
import {
  addFinalizer,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
} from "./finalizer.ts";

const path = "/api/v1/namespaces/default/configmaps/a";
const finalizer = "example.io/mine";
const deletionTimestamp = "2025-01-01T00:00:00Z";

/** An object that is seen as it was, and lives as it is. */
function world(
  seen: ObjectParts["metadata"],
  live: ObjectParts["metadata"] = seen,
  before?: (request: SentRequest, api: MemoryApi) => void,
) {
  const api = memoryApi({ before: (request) => before?.(request, api) });
  const configMaps = api.client.resource(ConfigMap);
  // A ConfigMap needs nothing but metadata.
  const object = kubeObject({ metadata: { ...seen } }) as ConfigMap;
  if (live) api.objects.set(path, kubeObject({ metadata: { ...live } }));
  return {
    ...api,
    configMaps,
    object,
    finalizers: () => api.objects.get(path)?.metadata.finalizers,
  };
}

Deno.test("addFinalizer() applies entry and labels under its own manager, with the uid", async () => {
  const { configMaps, object, requests } = world({
    finalizers: ["o.io/other"],
  });
  const added = await addFinalizer(configMaps, object, {
    finalizer,
    labels: { app: "web" },
  });
  assertEquals(added.metadata.finalizers, ["o.io/other", finalizer]);
  assertEquals(requests.map(({ method, path }) => [method, path]), [[
    "PATCH",
    path,
  ]]);
  assertEquals(requests[0]?.contentType, "application/apply-patch+yaml");
  assertEquals(requests[0]?.query?.fieldManager, "op/finalizers");
  assertEquals(requests[0]?.query?.force, undefined);
  assertEquals(requests[0]?.body, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "a",
      namespace: "default",
      uid: "uid-1",
      finalizers: [finalizer],
      labels: { app: "web" },
    },
  });
});

Deno.test("addFinalizer() claims no labels when none are given", async () => {
  const { configMaps, object, requests } = world({});
  await addFinalizer(configMaps, object, { finalizer });
  assertEquals("labels" in requests[0]?.body.metadata, false);
});

Deno.test("addFinalizer() sends nothing when all is there, or the object is being deleted", async () => {
  const labels = { app: "web", other: "1" };
  const cases = [
    { finalizers: [finalizer], labels },
    { deletionTimestamp, finalizers: ["o.io/other"] },
  ];
  for (const metadata of cases) {
    const { configMaps, object, requests } = world(metadata);
    const options = { finalizer, labels: { app: "web" } };
    assertStrictEquals(
      await addFinalizer(configMaps, object, options),
      object,
    );
    assertEquals(requests, []);
  }
});

Deno.test("addFinalizer() applies again when a label changed", async () => {
  const metadata = { finalizers: [finalizer], labels: { app: "old" } };
  const { configMaps, object, requests } = world(metadata);
  const labels = { app: "web" };
  const added = await addFinalizer(configMaps, object, { finalizer, labels });
  assertEquals(added.metadata.labels, labels);
  assertEquals(requests[0]?.body.metadata.finalizers, [finalizer]);
});

Deno.test("addFinalizer() keeps entries that the passed copy does not know", async () => {
  const live = { finalizers: ["o.io/a", "o.io/b"] };
  const { configMaps, object, finalizers } = world({ finalizers: [] }, live);
  await addFinalizer(configMaps, object, { finalizer });
  assertEquals(finalizers(), ["o.io/a", "o.io/b", finalizer]);
});

Deno.test("F72 addFinalizer() returns without the entry when the object is gone, replaced or being deleted", async () => {
  const cases = [
    undefined,
    { uid: "uid-2" },
    { deletionTimestamp, finalizers: ["o.io/other"] },
  ];
  for (const live of cases) {
    const { configMaps, object, objects, finalizers } = world({});
    objects.clear();
    if (live) objects.set(path, kubeObject({ metadata: live }));
    const result = await addFinalizer(configMaps, object, { finalizer });
    assertEquals(hasFinalizer(result, finalizer), false);
    assertEquals(finalizers(), live?.finalizers);
    assertEquals(objects.has(path), live !== undefined);
  }
});

Deno.test("addFinalizer() throws when another manager owns a label, and when the object is invalid", async () => {
  const conflict = refusal(409, "Conflict", {
    causes: [{
      reason: "FieldManagerConflict",
      message: 'conflict with "kubectl" using v1',
      field: ".metadata.labels.app",
    }],
  });
  const causes = [{
    reason: "FieldValueInvalid",
    field: "metadata.finalizers",
  }];
  for (const failure of [conflict, refusal(422, "Invalid", { causes })]) {
    const { configMaps, object } = world({}, {}, () => {
      throw failure;
    });
    const error = await assertRejects(
      () => addFinalizer(configMaps, object, { finalizer }),
      ApiError,
    );
    assertStrictEquals(error, failure);
  }
  assertEquals(conflict.conflicts, [
    { field: ".metadata.labels.app", manager: "kubectl" },
  ]);
});

Deno.test("F71 removeFinalizer() removes its entry only, testing uid and place", async () => {
  const metadata = { finalizers: ["o.io/a", finalizer, "o.io/b"] };
  const { configMaps, object, requests, finalizers } = world(metadata);
  await removeFinalizer(configMaps, object, { finalizer });
  assertEquals(finalizers(), ["o.io/a", "o.io/b"]);
  assertEquals(requests[0]?.contentType, "application/json-patch+json");
  assertEquals(requests[0]?.body, [
    { op: "test", path: "/metadata/uid", value: "uid-1" },
    { op: "test", path: "/metadata/finalizers/1", value: finalizer },
    { op: "remove", path: "/metadata/finalizers/1" },
  ]);
});

Deno.test("F69 removeFinalizer() reads again when the entry moved", async () => {
  const seen = { finalizers: ["o.io/a", finalizer] };
  const lives = [
    [finalizer],
    ["o.io/b", "o.io/a", finalizer],
    ["o.io/b", "o.io/a"],
    [],
  ];
  for (const live of lives) {
    const { configMaps, object, finalizers } = world(seen, {
      finalizers: live,
    });
    await removeFinalizer(configMaps, object, { finalizer });
    assertEquals(finalizers(), live.filter((entry) => entry !== finalizer));
  }
});

Deno.test("removeFinalizer() leaves another object of the same name alone", async () => {
  const finalizers = [finalizer];
  const { configMaps, object, ...rest } = world({ finalizers }, {
    uid: "uid-2",
    finalizers,
  });
  await removeFinalizer(configMaps, object, { finalizer });
  assertEquals(rest.finalizers(), finalizers);
});

Deno.test("removeFinalizer() is content when the object or the entry is gone", async () => {
  const { configMaps, object, objects, requests } = world({
    finalizers: [finalizer],
  });
  objects.clear();
  await removeFinalizer(configMaps, object, { finalizer });
  assertEquals(requests.length, 1);

  const other = world({ finalizers: ["o.io/other"] });
  await removeFinalizer(other.configMaps, other.object, { finalizer });
  assertEquals(other.requests, []);
});

Deno.test("removeFinalizer() gives up after five tries", async () => {
  let others = 0;
  const { configMaps, object, requests } = world(
    { finalizers: [finalizer] },
    {},
    ({ method }, { objects }) => {
      if (method !== "PATCH") return;
      const finalizers = [...Array(++others).keys()].map((i) => `o.io/${i}`);
      objects.set(
        path,
        kubeObject({ metadata: { finalizers: [...finalizers, finalizer] } }),
      );
    },
  );
  await assertRejects(
    () => removeFinalizer(configMaps, object, { finalizer }),
    ApiError,
    "Invalid",
  );
  const patches = requests.filter(({ method }) => method === "PATCH");
  assertEquals(patches.length, 5);
});

Deno.test("removeFinalizer() does not repeat what is invalid for another reason", async () => {
  const failure = refusal(422, "Invalid", {
    causes: [{ reason: "FieldValueInvalid", field: "spec.size" }],
  });
  const { configMaps, object, requests } = world(
    { finalizers: [finalizer] },
    { finalizers: [finalizer] },
    ({ method }) => {
      if (method === "PATCH") throw failure;
    },
  );
  const error = await assertRejects(() =>
    removeFinalizer(configMaps, object, { finalizer })
  );
  assertStrictEquals(error, failure);
  assertEquals(requests.map(({ method }) => method), ["PATCH", "GET"]);
});

Deno.test("F70 addFinalizer() and removeFinalizer() of many writers lose nothing", async () => {
  const { client, objects } = memoryApi();
  const configMaps = client.resource(ConfigMap);
  const stale = kubeObject() as ConfigMap;
  objects.set(path, stale);
  const names = Array.from({ length: 50 }, (_, i) => `example.io/w${i}`);
  const added = await Promise.all(
    names.map((finalizer) => addFinalizer(configMaps, stale, { finalizer })),
  );
  const all = objects.get(path)?.metadata.finalizers ?? [];
  assertEquals(new Set(all), new Set(names));

  // Each removes its own from the copy that it got, out of date by then.
  for (const [i, finalizer] of names.entries()) {
    const object = added[i] ?? stale;
    if (i % 2 === 0) await removeFinalizer(configMaps, object, { finalizer });
  }
  const left = names.filter((_, i) => i % 2 === 1);
  assertEquals(new Set(objects.get(path)?.metadata.finalizers), new Set(left));
});

Deno.test("isBeingDeleted() goes by the deletion timestamp", () => {
  assertEquals(isBeingDeleted(kubeObject()), false);
  assertEquals(
    isBeingDeleted(kubeObject({ metadata: { deletionTimestamp } })),
    true,
  );
});
