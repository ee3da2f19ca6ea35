import { ConfigMap } from "@koprs/koprs/builtin";
import { listKeys, reflect } from "@koprs/koprs/core";
import type { ScriptedExchange } from "@koprs/koprs/testing";
import { assertEquals } from "@std/assert";
import { answered, END, PLACES, play } from "./scripted.ts";

Deno.test("W reflect() tells what exists, what changes and what goes, once each", async () => {
  for (const place of PLACES) {
    const { kind, key, collection } = place;
    const at = (resourceVersion: string) =>
      answered(place, { resourceVersion });
    const script: readonly ScriptedExchange[] = [{
      method: "GET",
      path: collection,
      query: { watch: "1", labelSelector: "app=my-op" },
      events: [
        { type: "ADDED", object: at("1") },
        END,
        { type: "MODIFIED", object: at("6") },
        { type: "DELETED", object: at("7") },
      ],
    }];
    const told = await play(script, async (client) => {
      const told: string[] = [];
      const options = {
        namespace: key.namespace,
        labelSelector: "app=my-op",
      };
      for await (const change of reflect(client.resource(kind), options)) {
        const name = change.type === "synced"
          ? ""
          : change.object.metadata.name;
        told.push(`${change.type} ${name}`.trim());
        if (change.type === "deleted") break;
      }
      return told;
    });
    assertEquals(told, [
      `added ${key.name}`,
      "synced",
      `modified ${key.name}`,
      `deleted ${key.name}`,
    ]);
  }
});

Deno.test("W reflect() lists, then watches from there, where lists are not streamed", async () => {
  const object = answered({
    kind: ConfigMap,
    key: { name: "app", namespace: "my-ns" },
  });
  for (const labelSelector of ["app=my-op", undefined]) {
    const request = { method: "GET", path: "/api/v1/configmaps" } as const;
    const selected = { labelSelector: labelSelector ?? null };
    const types = await play([
      { ...request, query: { sendInitialEvents: "true" }, status: 422 },
      {
        ...request,
        query: { ...selected, watch: null },
        reply: { metadata: { resourceVersion: "5" }, items: [object] },
      },
      {
        ...request,
        query: { ...selected, watch: "1", resourceVersion: "5" },
        events: [{ type: "DELETED", object }],
      },
    ], async (client) => {
      const types: string[] = [];
      const options = { labelSelector };
      for await (
        const { type } of reflect(client.resource(ConfigMap), options)
      ) {
        types.push(type);
        if (type === "deleted") break;
      }
      return types;
    });
    assertEquals(types, ["added", "synced", "deleted"]);
  }
});

Deno.test("O listKeys() names objects with their namespace, to give to always()", async () => {
  for (const place of PLACES) {
    const { kind, key, collection } = place;
    const items = ["a", "b"].map((name) =>
      answered({ ...place, key: { ...key, name } })
    );
    const keys = await play(
      [
        { method: "GET", path: collection, reply: { items } },
      ],
      (client) => listKeys(client.resource(kind), { namespace: key.namespace }),
    );
    assertEquals(keys, ["a", "b"].map((name) => ({ ...key, name })));
  }
});
