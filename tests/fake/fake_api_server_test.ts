import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import { Client, mergePatch } from "@koprs/koprs/core";
import { FakeApiServer } from "./fake_api_server.ts";
import { FakeClock } from "./fake_clock.ts";
import {
  CONFIG_MAPS,
  openWatch,
  request,
  widget,
  WIDGET_CRD,
  WIDGETS,
} from "./test_client.ts";

Deno.test("FakeApiServer listens at once and serves the default namespaces", async () => {
  await using server = new FakeApiServer({ namespaces: ["team"] });
  const { body } = await request(server, "GET /api/v1/namespaces");
  const names = body.items.map((item: { metadata: { name: string } }) =>
    item.metadata.name
  );
  assertEquals(names, [
    "default",
    "kube-node-lease",
    "kube-public",
    "kube-system",
    "team",
  ]);
});

Deno.test("FakeApiServer serves kinds and crds from the start", async () => {
  await using server = new FakeApiServer({ kinds: [{ manifest: WIDGET_CRD }] });
  const created = await request(server, `POST ${WIDGETS}`, { body: widget() });
  assertEquals([created.status, created.body.spec], [201, { size: 3 }]);
  assertEquals(
    server.objects({ group: "test.koprs.dev", plural: "widgets" }, "default")
      .length,
    1,
  );
});

Deno.test("FakeApiServer fails the first request when a crd is wrong", async () => {
  const server = new FakeApiServer({ crds: [{ metadata: { name: "x" } }] });
  await assertRejects(
    () => server.fetch(new Request(`${server.url}/version`)),
    TypeError,
    "Cannot start FakeApiServer: ",
  );
  await assertRejects(async () => await server[Symbol.asyncDispose]());
});

Deno.test({
  name: "FakeApiServer.fetch() serves a Client without a socket",
  permissions: "none",
  async fn() {
    await using server = new FakeApiServer({ listen: false });
    const { config, fetch } = server;
    await using client = new Client(config, { fetch, fieldManager: "test" });
    const configMaps = client.resource(ConfigMap);
    const at = { name: "a", namespace: "default" };
    const { metadata } = await configMaps.create({ metadata: at });
    const stop = new AbortController();
    const { signal } = stop;
    const seen: unknown[] = [];
    const { resourceVersion } = metadata;
    const watch = configMaps.watch({ resourceVersion, signal });
    await configMaps.patch(at, mergePatch({ data: { a: "2" } }));
    await assertRejects(async () => {
      for await (const event of watch) {
        seen.push(event.type);
        stop.abort();
      }
    });
    assertEquals(seen, ["MODIFIED"]);
  },
});

Deno.test("FakeApiServer.fetch() rejects when its caller gives up", async () => {
  await using server = new FakeApiServer({ listen: false });
  using _fault = server.faults.add({ verb: "list" }, { hang: true });
  const stop = new AbortController();
  const { signal } = stop;
  const answer = server.fetch(server.url + CONFIG_MAPS, { signal });
  stop.abort("enough");
  assertEquals(await answer.catch((reason: unknown) => reason), "enough");
});

Deno.test("FakeApiServer.fetch() breaks a watch when its caller gives up", async () => {
  await using server = new FakeApiServer({ listen: false });
  const stop = new AbortController();
  const { signal } = stop;
  const url = `${server.url}${CONFIG_MAPS}?watch=true`;
  const { body } = await server.fetch(url, { signal });
  const reader = body?.getReader();
  const read = reader?.read();
  stop.abort("enough");
  assertEquals(await read?.catch((reason: unknown) => reason), "enough");
});

Deno.test("FakeApiServer.journal forgets the oldest beyond its limit", async () => {
  await using server = new FakeApiServer({ journalLimit: 2 });
  for (const name of ["a", "b", "c"]) {
    await request(server, `GET ${CONFIG_MAPS}/${name}`);
  }
  assertEquals(
    server.journal.map(({ name, status }) => [name, status]),
    [["b", 404], ["c", 404]],
  );
});

Deno.test("FakeApiServer runs many times side by side", async () => {
  await using stack = new AsyncDisposableStack();
  const servers = Array.from(
    { length: 20 },
    () => stack.use(new FakeApiServer()),
  );
  await Promise.all(servers.map(async (server, index) => {
    const body = { metadata: { name: `only-${index}` } };
    const response = await fetch(server.url + CONFIG_MAPS, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assertEquals(response.status, 201);
    await response.body?.cancel();
  }));
  const names = servers.map((server) =>
    server.objects<{ metadata: { name: string } }>({
      group: "",
      plural: "configmaps",
    }).map(({ metadata }) => metadata.name)
  );
  assertEquals(names, servers.map((_, index) => [`only-${index}`]));
});

Deno.test("FakeApiServer.journal holds every request in order", async () => {
  const clock = new FakeClock();
  await using server = new FakeApiServer({ clock });
  await clock.advance(5_000);
  const body = { metadata: { name: "a" } };
  await request(server, `POST ${CONFIG_MAPS}?fieldManager=me`, { body });
  await request(server, `PATCH ${CONFIG_MAPS}/a?fieldManager=me`, {
    body: { apiVersion: "v1", kind: "ConfigMap" },
    type: "application/apply-patch+yaml",
  });
  await request(server, `GET ${CONFIG_MAPS}/b`);
  const [created, applied, missed] = server.journal;
  assertEquals(
    [created?.verb, created?.manager, created?.status, created?.at],
    ["create", "me", 201, 5_000],
  );
  assertEquals([applied?.verb, applied?.name], ["apply", "a"]);
  assertEquals(
    [missed?.verb, missed?.status, missed?.manager],
    ["get", 404, "test"],
  );
  assert(/^\d+$/.test(created?.resourceVersion ?? ""));
});

Deno.test("FakeApiServer.dropConnections() breaks watches", async () => {
  await using server = new FakeApiServer();
  await using watch = await openWatch(server, `${CONFIG_MAPS}?watch=1`);
  server.dropConnections();
  await assertRejects(() => watch.next());
});

Deno.test("FakeApiServer ends watches when it goes", async () => {
  const server = new FakeApiServer();
  await using watch = await openWatch(server, `${CONFIG_MAPS}?watch=1`);
  await server[Symbol.asyncDispose]();
  assertEquals(await watch.next(), undefined);
});

Deno.test("FakeApiServer.compact() makes old versions expire", async () => {
  await using server = new FakeApiServer();
  const body = { metadata: { name: "a" } };
  const first = await request(server, `POST ${CONFIG_MAPS}`, { body });
  const { resourceVersion } = first.body.metadata;
  await request(server, `DELETE ${CONFIG_MAPS}/a`);
  server.compact();
  const query = `watch=1&resourceVersion=${resourceVersion}`;
  await using watch = await openWatch(server, `${CONFIG_MAPS}?${query}`);
  const event = await watch.next();
  assertEquals([watch.status, event?.type], [200, "ERROR"]);
  assertEquals([event?.object.code, event?.object.reason], [410, "Expired"]);
  assertEquals(await watch.next(), undefined);
});

Deno.test("FakeApiServer.kubeconfig points to the server", async () => {
  await using server = new FakeApiServer();
  const { clusters } = JSON.parse(server.kubeconfig);
  assertEquals(clusters[0].cluster.server, server.url);
  assertEquals(server.config.server, server.url);
});

Deno.test("FakeApiServer.objects() shows an Event in both of its forms", async () => {
  await using server = new FakeApiServer();
  const path = "/apis/events.k8s.io/v1/namespaces/default/events";
  const answer = await fetch(server.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      metadata: { name: "a" },
      eventTime: "2030-01-01T00:00:00.000000Z",
      reportingController: "example.io/a",
      reportingInstance: "a-0",
      action: "Test",
      reason: "Tested",
      note: "It works",
      type: "Normal",
      regarding: { kind: "ConfigMap", name: "a", namespace: "default" },
    }),
  });
  assertEquals(answer.status, 201);
  await answer.body?.cancel();
  const group = "events.k8s.io";
  const [event] = server.objects<{ note: string }>({ group, plural: "events" });
  assertEquals(event?.note, "It works");
  const [core] = server.objects<{ message: string }>({
    group: "",
    plural: "events",
  });
  assertEquals(core?.message, "It works");
});
