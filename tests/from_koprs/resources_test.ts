import { ConfigMap } from "@koprs/koprs/builtin";
import {
  ApiError,
  ensure,
  ensureNamespace,
  listKeys,
  setAnnotations,
  setLabels,
} from "@koprs/koprs/core";
import type { ScriptedExchange } from "@koprs/koprs/testing";
import { assertEquals, assertRejects } from "@std/assert";
import { answered, PLACES, play } from "./scripted.ts";

Deno.test("R ensureNamespace() applies what is missing, and returns the Namespace", async () => {
  const path = "/api/v1/namespaces/my-ns";
  const reply = { metadata: { name: "my-ns", uid: "1b2e" } };
  const namespace = await play([
    { method: "GET", path, status: 404 },
    {
      method: "PATCH",
      path,
      query: { fieldManager: "my-op" },
      body: {
        apiVersion: "v1",
        kind: "Namespace",
        ...{ metadata: { name: "my-ns" } },
      },
      status: 201,
      reply,
    },
  ], (client) => ensureNamespace(client, "my-ns"));
  assertEquals(namespace.metadata, reply.metadata);
  assertEquals(namespace.kind, "Namespace");
});

Deno.test("R apply() sends PATCH as the field manager, by force only when told to", async () => {
  for (const place of PLACES) {
    const { kind, key, path } = place;
    const patch: ScriptedExchange = {
      method: "PATCH",
      path,
      query: { fieldManager: "my-op", force: null },
      headers: { "content-type": "application/apply-patch+yaml" },
      body: { apiVersion: "v1", kind: kind.kind, metadata: key },
      reply: answered(place, { resourceVersion: "7" }),
    };
    const applied = await play([
      patch,
      { ...patch, query: { force: "true" } },
    ], async (client) => {
      await client.resource(kind).apply({ metadata: key });
      return await client.resource(kind).apply({ metadata: key }, {
        force: true,
      });
    });
    assertEquals(applied.metadata.resourceVersion, "7");
    await play(
      [{ ...patch, status: 500, reply: undefined }],
      (client) =>
        assertRejects(
          () => client.resource(kind).apply({ metadata: key }),
          ApiError,
        ),
    );
  }
});

Deno.test("R delete() returns true, false when the object is gone, and throws what else is refused", async () => {
  for (const { kind, key, path } of PLACES) {
    const request = { method: "DELETE", path } as const;
    const script: readonly ScriptedExchange[] = [
      { ...request, reply: { kind: "Status", status: "Success" } },
      { ...request, status: 404 },
      { ...request, status: 500 },
    ];
    await play(script, async (client) => {
      const resource = client.resource(kind);
      assertEquals(await resource.delete(key), true);
      assertEquals(await resource.delete(key), false);
      await assertRejects(() => resource.delete(key), ApiError);
    });
  }
});

Deno.test("R get() and exists() tell what is there, what is not, and what is refused", async () => {
  for (const place of PLACES) {
    const { kind, key, path } = place;
    const request = { method: "GET", path } as const;
    const script: readonly ScriptedExchange[] = [
      { ...request, reply: answered(place) },
      { ...request, status: 404 },
      { ...request, status: 500 },
    ];
    await play([...script, ...script], async (client) => {
      const resource = client.resource(kind);
      assertEquals(await resource.get(key), answered(place));
      assertEquals(await resource.get(key), undefined);
      await assertRejects(() => resource.get(key), ApiError);
      assertEquals(await resource.exists(key), true);
      assertEquals(await resource.exists(key), false);
      await assertRejects(() => resource.exists(key), ApiError);
    });
  }
});

Deno.test("R list() asks for namespaces, labels and fields, and throws what is refused", async () => {
  const inNamespace = "/api/v1/namespaces/my-ns/configmaps";
  const namespace = "my-ns";
  const labelSelector = "app=my-op";
  const fieldSelector = "spec.nodeName=my-node";
  const none = { labelSelector: null, fieldSelector: null };
  const cases = [
    [{}, "/api/v1/configmaps", none],
    [{ labelSelector }, "/api/v1/configmaps", { ...none, labelSelector }],
    [{ namespace }, inNamespace, none],
    [{ namespace, labelSelector }, inNamespace, { ...none, labelSelector }],
    [{ fieldSelector }, "/api/v1/configmaps", { ...none, fieldSelector }],
    [{ namespace, fieldSelector }, inNamespace, { ...none, fieldSelector }],
  ] as const;
  const items = ["a", "b"].map((name) => ({ metadata: { name, namespace } }));
  for (const [options, path, query] of cases) {
    const request = { method: "GET", path, query } as const;
    await play([
      { ...request, reply: { items } },
      { ...request, reply: { items: [] } },
      { ...request, status: 500 },
    ], async (client) => {
      const configMaps = client.resource(ConfigMap);
      const names = async () => {
        const found: string[] = [];
        for await (const { metadata } of configMaps.list(options)) {
          found.push(metadata.name);
        }
        return found;
      };
      assertEquals(await names(), ["a", "b"]);
      assertEquals(await names(), []);
      await assertRejects(names, ApiError);
    });
  }
});

Deno.test("R listKeys() keeps what a set of names would merge", async () => {
  const items = ["one", "two"].map((namespace) => ({
    metadata: { name: "app", namespace },
  }));
  const request = {
    method: "GET",
    path: "/api/v1/configmaps",
    query: { labelSelector: "app=my-op" },
  } as const;
  await play([
    { ...request, reply: { items } },
    { ...request, reply: { items: [] } },
  ], async (client) => {
    const configMaps = client.resource(ConfigMap);
    const labelSelector = "app=my-op";
    assertEquals(
      await listKeys(configMaps, { labelSelector }),
      items.map(({ metadata }) => metadata),
    );
    assertEquals(await listKeys(configMaps, { labelSelector }), []);
  });
});

Deno.test("R ensure() tells created, updated and unchanged apart, and reads before it writes", async () => {
  for (const place of PLACES) {
    const { kind, key, path } = place;
    const read = { method: "GET", path } as const;
    const write: ScriptedExchange = {
      method: "PATCH",
      path,
      query: { fieldManager: "my-op", force: "false" },
    };
    const first = answered(place);
    const second = answered(place, { resourceVersion: "2" });
    const cases: readonly (readonly [
      string,
      readonly ScriptedExchange[],
    ])[] = [
      ["created", [
        { ...read, status: 404 },
        { ...write, status: 201, reply: first },
      ]],
      ["updated", [
        { ...read, reply: first },
        { ...write, reply: second },
      ]],
      ["unchanged", [
        { ...read, reply: first },
        { ...write, reply: first },
      ]],
    ];
    const wanted = { metadata: { ...key, labels: { app: "web" } } };
    for (const [expected, script] of cases) {
      await play(script, async (client) => {
        const result = await ensure(client.resource(kind), wanted);
        assertEquals(result.outcome, expected);
        assertEquals(result.object.metadata.name, key.name);
      });
    }
    const failures: readonly (readonly ScriptedExchange[])[] = [
      [{ ...read, status: 500 }],
      [{ ...read, status: 404 }, { ...write, status: 500 }],
    ];
    for (const script of failures) {
      await play(
        script,
        (client) =>
          assertRejects(() => ensure(client.resource(kind), wanted), ApiError),
      );
    }
  }
});

Deno.test("R setLabels() and setAnnotations() patch the given keys alone, and nothing without any", async () => {
  const cases = [["labels", setLabels], [
    "annotations",
    setAnnotations,
  ]] as const;
  for (const place of PLACES) {
    for (const [map, set] of cases) {
      const patch = (values: object): ScriptedExchange => ({
        method: "PATCH",
        path: place.path,
        query: { fieldManager: "my-op" },
        headers: { "content-type": "application/merge-patch+json" },
        body: { metadata: { [map]: values } },
        reply: answered(place),
      });
      await play([
        patch({ a: "1", b: "2" }),
        patch({ a: null, b: null }),
      ], async (client) => {
        const resource = client.resource(place.kind);
        await set(resource, place.key, { a: "1", b: "2" });
        await set(resource, place.key, { a: null, b: null });
        await set(resource, place.key, {});
      });
    }
  }
});
