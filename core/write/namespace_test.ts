import { assertEquals, assertRejects } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { memoryApi } from "../../tests/memory_api.ts";
import { ensureNamespace } from "./namespace.ts";

const path = "/api/v1/namespaces/tenants";

function namespace(metadata: Readonly<Record<string, unknown>>) {
  return kubeObject({
    kind: "Namespace",
    metadata: { name: "tenants", namespace: undefined, ...metadata },
  });
}

Deno.test("ensureNamespace() applies a namespace that is missing, once", async () => {
  const { client, requests } = memoryApi();
  const labels = { team: "a" };
  const made = await ensureNamespace(client, "tenants", { labels });
  assertEquals(made.metadata.labels, labels);
  assertEquals(requests.map(({ method }) => method), ["GET", "PATCH"]);
  assertEquals(requests[1]?.body.metadata, { name: "tenants", labels });

  await ensureNamespace(client, "tenants", { labels });
  assertEquals(requests.length, 3);
});

Deno.test("ensureNamespace() adds labels to those there are", async () => {
  const { client, objects, requests } = memoryApi();
  objects.set(path, namespace({ labels: { other: "1" } }));
  await ensureNamespace(client, "tenants");
  assertEquals(requests.length, 1);

  const labels = { team: "a" };
  const { metadata } = await ensureNamespace(client, "tenants", { labels });
  assertEquals(metadata.labels, { other: "1", team: "a" });
});

Deno.test("ensureNamespace() throws when the namespace is being deleted", async () => {
  const { client, objects } = memoryApi();
  const deletionTimestamp = "2025-01-01T00:00:00Z";
  objects.set(path, namespace({ deletionTimestamp }));
  await assertRejects(
    () => ensureNamespace(client, "tenants"),
    Error,
    'Cannot ensure Namespace "tenants": it is being deleted',
  );
});

Deno.test("ensureNamespace() waits for the end of the old one, however often the watch ends", async () => {
  const terminating = namespace({ deletionTimestamp: "2025-01-01T00:00:00Z" });
  let watches = 0;
  const { client, objects, requests } = memoryApi({
    *watch() {
      watches++;
      yield { type: "MODIFIED", object: terminating };
      if (watches < 3) return;
      objects.delete(path);
      yield { type: "DELETED", object: terminating };
    },
  });
  objects.set(path, terminating);
  const clock = new FakeClock();
  const made = ensureNamespace(client, "tenants", {
    waitForTermination: true,
    clock,
  });
  await clock.advance(1_000);
  assertEquals(watches, 2);
  await clock.advance(1_000);
  assertEquals((await made).metadata.deletionTimestamp, undefined);
  assertEquals(watches, 3);
  assertEquals(requests.at(-1)?.method, "PATCH");
  assertEquals(clock.pending, 0);
});

Deno.test("ensureNamespace() stops waiting when the signal aborts", async () => {
  const { client, objects } = memoryApi();
  objects.set(path, namespace({ deletionTimestamp: "2025-01-01T00:00:00Z" }));
  const clock = new FakeClock();
  const controller = new AbortController();
  const waiting = ensureNamespace(client, "tenants", {
    waitForTermination: true,
    signal: controller.signal,
    clock,
  });
  await clock.advance(500);
  controller.abort(new Error("stop"));
  await assertRejects(() => waiting, Error, "stop");
  assertEquals(clock.pending, 0);
});
