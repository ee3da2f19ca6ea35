import { ApiError, garbageCollect, type ObjectKey } from "@koprs/koprs/core";
import type { ScriptedExchange } from "@koprs/koprs/testing";
import { assertEquals, assertRejects } from "@std/assert";
import { answered, type Place, PLACES, play } from "./scripted.ts";

const labelSelector = "app=my-op";

function listOf(place: Place, items: readonly object[]): ScriptedExchange {
  const { group, version, plural } = place.kind;
  assertEquals(group, "");
  return {
    method: "GET",
    path: `/api/${version}/${plural}`,
    query: { labelSelector },
    reply: { items },
  };
}

function deletionOf(place: Place, name: string): ScriptedExchange {
  return {
    method: "DELETE",
    path: `${place.collection}/${name}`,
    body: {
      apiVersion: "v1",
      kind: "DeleteOptions",
      preconditions: { uid: "1b2e", resourceVersion: "1" },
    },
  };
}

/** An object that the labels select. */
function selected(place: Place, name: string, metadata: object = {}) {
  const labels = { app: "my-op" };
  const key = keyed(place, name);
  return answered({ ...place, key }, { labels, ...metadata });
}

function keyed(place: Place, name: string): ObjectKey {
  return { ...place.key, name };
}

function collect(place: Place, script: readonly ScriptedExchange[]) {
  return play(script, (client) =>
    garbageCollect(client.resource(place.kind), {
      labelSelector,
      keep: ({ metadata }) => metadata.name.startsWith("wanted"),
    }));
}

Deno.test("G garbageCollect() sends one request when nothing is to do", async () => {
  for (const place of PLACES) {
    const wanted = keyed(place, "wanted");
    assertEquals((await collect(place, [listOf(place, [])])).kept, []);
    const object = selected(place, "wanted");
    const { kept } = await collect(place, [listOf(place, [object])]);
    assertEquals(kept, [wanted]);
  }
});

Deno.test("G garbageCollect() deletes the orphan alone, by uid and version, in its own namespace", async () => {
  for (const place of PLACES) {
    const key = keyed(place, "orphan");
    const objects = ["wanted", "orphan"].map((name) => selected(place, name));
    for (const status of [200, 404]) {
      const { deleted, failed } = await collect(place, [
        listOf(place, objects),
        { ...deletionOf(place, "orphan"), status },
      ]);
      assertEquals(deleted, status === 200 ? [key] : []);
      assertEquals(failed, []);
    }
  }
});

Deno.test("G garbageCollect() sends nothing about what is being deleted, unless it may unblock it", async () => {
  for (const place of PLACES) {
    const key = keyed(place, "orphan");
    const orphan = selected(place, "orphan", {
      deletionTimestamp: "2025-01-01T00:00:00Z",
      finalizers: ["other/one"],
    });
    const { terminating } = await collect(place, [listOf(place, [orphan])]);
    assertEquals(terminating, [key]);
    const { unblocked } = await play([
      listOf(place, [orphan]),
      { method: "PATCH", path: `${place.collection}/orphan`, status: 404 },
    ], (client) =>
      garbageCollect(client.resource(place.kind), {
        labelSelector,
        keep: () => false,
        unblock: "all",
      }));
    assertEquals(unblocked, [key]);
  }
});

Deno.test("G garbageCollect() goes on after a refused deletion, and throws when it cannot list", async () => {
  for (const place of PLACES) {
    const keys = ["a", "b"].map((name) => keyed(place, name));
    const objects = keys.map(({ name }) => selected(place, name));
    const { deleted, failed } = await collect(place, [
      listOf(place, objects),
      { ...deletionOf(place, "a"), status: 500 },
      deletionOf(place, "b"),
    ]);
    assertEquals(deleted, keys.slice(1));
    assertEquals(failed.map(({ key }) => key), keys.slice(0, 1));
    await assertRejects(
      () =>
        collect(place, [{
          ...listOf(place, []),
          status: 500,
          reply: undefined,
        }]),
      ApiError,
    );
  }
});
