import {
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  Namespace,
  Node,
  Pod,
  Secret,
  ServiceAccount,
} from "@koprs/koprs/builtin";
import {
  controllerReference,
  defineKind,
  isBeingDeleted,
  type Kind,
} from "@koprs/koprs/core";
import { assertEquals, assertRejects } from "@std/assert";
import * as z from "zod";
import { answered, play } from "./scripted.ts";

Deno.test("T built-in and custom kinds know their one scope", () => {
  const Custom = defineKind({
    group: "example.io",
    version: "v1",
    kind: "Widget",
    plural: "widgets",
    scope: "Namespaced",
    spec: z.object({}),
  });
  const namespaced: readonly Kind<unknown, "Namespaced">[] = [
    Pod,
    ConfigMap,
    Secret,
    ServiceAccount,
    Custom,
  ];
  const cluster: readonly Kind<unknown, "Cluster">[] = [
    Node,
    ClusterRole,
    ClusterRoleBinding,
    Namespace,
  ];
  for (const kind of namespaced) assertEquals(kind.scope, "Namespaced");
  for (const kind of cluster) assertEquals(kind.scope, "Cluster");
  assertEquals(isBeingDeleted({ metadata: {} }), false);
  const deletionTimestamp = "2025-01-01T00:00:00Z";
  assertEquals(isBeingDeleted({ metadata: { deletionTimestamp } }), true);
  // @ts-expect-error a kind has one scope
  const wrong: Kind<unknown, "Cluster"> = ConfigMap;
  assertEquals(wrong.scope, "Namespaced");
});

Deno.test("SC the namespace is used as given, all of them without one, and an empty one is refused", async () => {
  await play([
    { method: "GET", path: "/api/v1/nodes", reply: { items: [] } },
    ...["kube-system", "a-b-c-123"].map((namespace) => ({
      method: "GET" as const,
      path: `/api/v1/namespaces/${namespace}/configmaps`,
      reply: { items: [] },
    })),
    { method: "GET", path: "/api/v1/configmaps", reply: { items: [] } },
  ], async (client) => {
    const configMaps = client.resource(ConfigMap);
    await client.resource(Node).list().next();
    for (const namespace of ["kube-system", "a-b-c-123"]) {
      await configMaps.list({ namespace }).next();
    }
    await configMaps.list().next();
    await assertRejects(
      () => configMaps.list({ namespace: "" }).next(),
      TypeError,
    );
  });
});

Deno.test("M an object literal sends what it has, and nothing empty", async () => {
  const owner = answered({
    kind: ConfigMap,
    key: { name: "owner", namespace: "my-ns" },
  });
  const full = {
    name: "app",
    namespace: "my-ns",
    labels: { ...{ a: "1", b: "2" }, a: "3" },
    annotations: { note: "x" },
    ownerReferences: [controllerReference(owner)],
  };
  const bare = { name: "app", namespace: "my-ns" };
  const bodies = [full, bare].map((metadata) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
  }));
  await play(
    bodies.map((body) => ({
      method: "POST" as const,
      path: "/api/v1/namespaces/my-ns/configmaps",
      body,
      status: 201,
      reply: body,
    })),
    async (client) => {
      const configMaps = client.resource(ConfigMap);
      const created = await configMaps.create({ metadata: full });
      assertEquals(created.metadata.labels, { a: "3", b: "2" });
      await configMaps.create({ metadata: bare });
    },
  );
  const [reference] = full.ownerReferences;
  assertEquals([reference?.controller, reference?.blockOwnerDeletion], [
    true,
    true,
  ]);
});
