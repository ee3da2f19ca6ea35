import { waitFor, waitForAny } from "@koprs/koprs/core";
import type { ScriptedEvent, ScriptedExchange } from "@koprs/koprs/testing";
import { assertEquals } from "@std/assert";
import { answered, END, type Place, PLACES, play } from "./scripted.ts";

function watchOf(
  place: Place,
  events: readonly ScriptedEvent[],
): ScriptedExchange {
  return {
    method: "GET",
    path: place.collection,
    query: {
      watch: "1",
      sendInitialEvents: "true",
      fieldSelector: `metadata.name=${place.key.name}`,
    },
    events,
  };
}

Deno.test("R waitFor() returns at once what is as awaited, in each scope", async () => {
  for (const place of PLACES) {
    const script = [watchOf(place, [
      { type: "ADDED", object: answered(place) },
      END,
    ])];
    const found = await play(
      script,
      (client) =>
        waitFor(client.resource(place.kind), place.key, {
          condition: (object) => object !== undefined,
        }),
    );
    assertEquals(found, answered(place));
  }
});

Deno.test("R waitFor() waits until an object is there, and until it is as awaited", async () => {
  for (const place of PLACES) {
    const labels = { ready: "yes" };
    const script = [watchOf(place, [
      END,
      { type: "ADDED", object: answered(place, { resourceVersion: "6" }) },
      {
        type: "MODIFIED",
        object: answered(place, { resourceVersion: "7", labels }),
      },
    ])];
    const seen: (string | undefined)[] = [];
    const found = await play(
      script,
      (client) =>
        waitFor(client.resource(place.kind), place.key, {
          condition: (object) => {
            seen.push(object?.metadata.resourceVersion);
            return object?.metadata.labels?.ready === "yes";
          },
        }),
    );
    assertEquals(found?.metadata.labels, labels);
    assertEquals(seen, [undefined, "6", "7"]);
  }
});

Deno.test("R waitForAny() returns what exists at once, in each scope", async () => {
  for (const place of PLACES) {
    const { namespace } = place.key;
    const found = await play([{
      method: "GET",
      path: place.collection,
      query: { watch: "1", sendInitialEvents: "true" },
      events: [{ type: "ADDED", object: answered(place) }, END],
    }], (client) => waitForAny(client.resource(place.kind), { namespace }));
    assertEquals(found, [answered(place)]);
  }
});

Deno.test("R waitForAny() waits while there are none, without asking again", async () => {
  for (const place of PLACES) {
    const { namespace } = place.key;
    const object = answered(place, { resourceVersion: "6" });
    const found = await play([{
      method: "GET",
      path: place.collection,
      query: { watch: "1", sendInitialEvents: "true" },
      events: [END, { type: "ADDED", object }],
    }], (client) => waitForAny(client.resource(place.kind), { namespace }));
    assertEquals(found, [object]);
  }
});
