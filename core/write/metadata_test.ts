import { assertEquals, assertRejects } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { memoryApi } from "../../tests/memory_api.ts";
import { ConfigMap } from "../builtin/core_v1.ts";
import { isNotFound } from "../client/api_error.ts";
import { setAnnotations, setLabels } from "./metadata.ts";

const path = "/api/v1/namespaces/default/configmaps/a";
const key = { name: "a", namespace: "default" };

Deno.test("setLabels() and setAnnotations() merge, under the field manager", async () => {
  const { client, objects, requests } = memoryApi();
  const configMaps = client.resource(ConfigMap);
  const old = { keep: "1", drop: "2" };
  objects.set(
    path,
    kubeObject({ metadata: { labels: old, annotations: old } }),
  );

  await setLabels(configMaps, key, { app: "web", drop: null });
  await setAnnotations(configMaps, key, { note: "x", drop: null }, {
    fieldManager: "other",
  });

  const { labels, annotations } = objects.get(path)?.metadata ?? {};
  assertEquals(labels, { keep: "1", app: "web" });
  assertEquals(annotations, { keep: "1", note: "x" });
  assertEquals(
    requests.map((
      { contentType, query },
    ) => [contentType, query?.fieldManager]),
    [
      ["application/merge-patch+json", "op"],
      ["application/merge-patch+json", "other"],
    ],
  );
});

Deno.test("setLabels() and setAnnotations() send nothing when nothing changes", async () => {
  const { client, requests } = memoryApi();
  await setLabels(client.resource(ConfigMap), key, {});
  await setAnnotations(client.resource(ConfigMap), key, {});
  assertEquals(requests, []);
});

Deno.test("setLabels() throws when there is no such object", async () => {
  const { client } = memoryApi();
  const error = await assertRejects(() =>
    setLabels(client.resource(ConfigMap), key, { a: "b" })
  );
  assertEquals(isNotFound(error), true);
});
