import { assert, assertEquals, assertRejects } from "@std/assert";
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

Deno.test("FakeApiServer.fetch() answers without a socket", async () => {
  await using server = new FakeApiServer();
  const response = await server.fetch(new Request(`${server.url}/version`));
  assertEquals((await response.json()).gitVersion, "v1.35.4");
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
