import { assertEquals, assertRejects } from "@std/assert";
import { memoryApi } from "../../tests/memory_api.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import { jsonPatch } from "./patch.ts";

const Widget: Kind<KubeObject<"Namespaced">, "Namespaced"> = {
  group: "",
  version: "v1",
  apiVersion: "v1",
  kind: "Widget",
  plural: "widgets",
  scope: "Namespaced",
};
const key = { name: "a", namespace: "ns" };

Deno.test("ResourceClient passes lane, timeout and signal on to each request", async () => {
  const { client, requests } = memoryApi();
  const widgets = client.resource(Widget);
  const { signal } = new AbortController();
  const options = { lane: "lease", timeout: 5, signal } as const;
  const created = await widgets.create({ metadata: key }, options);
  await widgets.get(key, options);
  await widgets.update(created, options);
  await widgets.apply({ metadata: key }, options);
  await widgets.patch(key, jsonPatch([]), options);
  await widgets.delete(key, options);
  assertEquals(requests.length, 6);
  for (const { lane, timeout, signal } of requests) {
    assertEquals({ lane, timeout, signal }, options);
  }
});

Deno.test("ResourceClient.deleteCollection() sends nothing when nothing limits it", async () => {
  const { client, requests } = memoryApi();
  const widgets = client.resource(Widget);
  for (const labelSelector of [undefined, "", "  "]) {
    const options = { namespace: "ns", labelSelector, fieldSelector: "" };
    await assertRejects(
      () => widgets.deleteCollection(options),
      TypeError,
      'Cannot delete widgets: no selector limits them; say "all: true"',
    );
  }
  assertEquals(requests, []);
});

Deno.test("ResourceClient.metadata asks for metadata, and takes whole objects, too", async () => {
  const { client, requests } = memoryApi();
  const widgets = client.resource(Widget);
  await widgets.create({ metadata: key });
  const found = await widgets.metadata.get(key);
  assertEquals(found && Object.keys(found), ["apiVersion", "kind", "metadata"]);
  for await (const widget of widgets.metadata.list()) {
    assertEquals(Object.keys(widget), ["apiVersion", "kind", "metadata"]);
  }
  assertEquals(requests.slice(1).map(({ accept }) => accept), [
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json",
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
  ]);
});
