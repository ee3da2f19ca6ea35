import {
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  Lease,
  Namespace,
  Node,
  Pod,
  Secret,
  ServiceAccount,
} from "@koprs/koprs/builtin";
import {
  ApiError,
  Client,
  ConnectionError,
  controllerReference,
  defineKind,
  isBeingDeleted,
  type Kind,
  LeaderElector,
  type LeaseRecord,
} from "@koprs/koprs/core";
import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { FakeClock, ScriptedFetch } from "@koprs/koprs/testing";
import * as z from "zod";
import { answered, play } from "./scripted.ts";

Deno.test("ER errors name what failed, where, and why", async () => {
  const path = "/api/v1/namespaces/my-ns/configmaps/app";
  const request = { method: "GET", path } as const;
  const key = { name: "app", namespace: "my-ns" };
  await play([
    { ...request, status: 403 },
    { ...request, reply: "{", status: 500 },
    { ...request, reply: "{" },
  ], async (client) => {
    const configMaps = client.resource(ConfigMap);
    const refused = await assertRejects(() => configMaps.get(key), ApiError);
    assertEquals([refused.code, refused.reason], [403, "Forbidden"]);
    assertMatch(refused.message, /^Cannot GET .*\/configmaps\/app: /);
    const broken = await assertRejects(() => configMaps.get(key), ApiError);
    assertEquals(broken.code, 500);
    const unread = await assertRejects(
      () => configMaps.get(key),
      ConnectionError,
    );
    assertEquals(unread.message.endsWith("/app: it is no JSON"), true);
  });
  const { metadata, ...rest } = answered({ kind: ConfigMap, key });
  for (const field of ["name", "uid"]) {
    const owner = { ...rest, metadata: { ...metadata, [field]: "" } };
    assertThrows(() => controllerReference(owner), TypeError, field);
  }
});

Deno.test("T built-in and custom kinds know their scope", () => {
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
});

Deno.test("SC the namespace is used as given, all of them without one, and an empty one is refused", async () => {
  await play([
    { method: "GET", path: "/api/v1/nodes", reply: { items: [] } },
    {
      method: "GET",
      path: "/api/v1/namespaces/kube-system/configmaps",
      reply: { items: [] },
    },
    { method: "GET", path: "/api/v1/configmaps", reply: { items: [] } },
  ], async (client) => {
    const configMaps = client.resource(ConfigMap);
    await client.resource(Node).list().next();
    await configMaps.list({ namespace: "kube-system" }).next();
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

Deno.test("L a Lease is created with its holder, left to another, and not taken after a refusal", async () => {
  const path = "/apis/coordination.k8s.io/v1/namespaces/my-ns/leases";
  const lock = { namespace: "my-ns", name: "op", identity: "me" };
  const taken = (spec: object) => ({
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name: "op", namespace: "my-ns", resourceVersion: "1" },
    spec,
  });
  await using script = new ScriptedFetch([
    { method: "GET", path: `${path}/op`, status: 404 },
    { method: "POST", path, status: 409 },
    {
      method: "GET",
      path: `${path}/op`,
      reply: taken({ holderIdentity: "other", leaseDurationSeconds: 3_600 }),
    },
  ]);
  await using client = new Client(script.config, {
    fieldManager: "my-op",
    fetch: script.fetch,
  });
  const clock = new FakeClock();
  const elector = new LeaderElector(client.resource(Lease), { ...lock, clock });
  const stop = new AbortController();
  const acquired = elector.acquire({ signal: stop.signal });
  acquired.catch(() => {}); // it is awaited below
  while (script.remaining.length > 0) await clock.advance(1_000);
  stop.abort();
  await assertRejects(() => acquired);
  const [, created] = script.requests;
  const { spec } = created?.body as { readonly spec: LeaseRecord };
  assertEquals([spec.holderIdentity, spec.leaseTransitions], ["me", 0]);
});
