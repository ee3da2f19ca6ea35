import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import {
  CONFIG_MAPS,
  request,
  widget,
  WIDGET_CRD,
  WIDGETS,
} from "./test_client.ts";

const configMap = (metadata: object = {}, more: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", ...metadata },
  data: { k: "v" },
  ...more,
});

Deno.test("POST makes an object that the server completes", async () => {
  await using server = new FakeApiServer();
  const { status, body } = await request(server, `POST ${CONFIG_MAPS}`, {
    body: configMap({ uid: "mine", creationTimestamp: "2001-01-01T00:00:00Z" }),
  });
  assertEquals(status, 201);
  assertEquals(body.metadata.uid.length, 36);
  assertEquals(body.metadata.managedFields[0].manager, "test");
});

Deno.test("POST with generateName makes a name", async () => {
  await using server = new FakeApiServer();
  const { body } = await request(server, `POST ${CONFIG_MAPS}`, {
    body: configMap({ name: undefined, generateName: "a-" }),
  });
  assertEquals(
    /^a-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(body.metadata.name),
    true,
  );
});

Deno.test("POST fails as on a real server", async () => {
  await using server = new FakeApiServer();
  await request(server, `POST ${CONFIG_MAPS}`, { body: configMap() });
  const cases: readonly (readonly [unknown, number, string])[] = [
    [configMap(), 409, 'configmaps "a" already exists'],
    [
      configMap({ name: "b", resourceVersion: "1" }),
      500,
      "resourceVersion should not be set on objects to be created",
    ],
    [
      configMap({ name: undefined }),
      422,
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      configMap({ namespace: "other" }),
      400,
      "the namespace of the provided object does not match the namespace sent on the request",
    ],
    [
      configMap({ name: "b" }, { data: { a: 1 } }),
      400,
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    ],
    [
      "{",
      400,
      "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
    ],
  ];
  for (const [body, code, message] of cases) {
    const answer = await request(server, `POST ${CONFIG_MAPS}`, { body });
    assertEquals([answer.status, answer.body.message], [code, message]);
    assertEquals(answer.body.kind, "Status");
  }
});

Deno.test("fieldValidation decides about unknown and repeated fields", async () => {
  await using server = new FakeApiServer();
  const text =
    '{"metadata":{"name":"NAME"},"data":{"a":"1","a":"2"},"other":true}';
  const post = (name: string, query: string) =>
    request(server, `POST ${CONFIG_MAPS}${query}`, {
      body: text.replace("NAME", name),
    });
  const warned = await post("a", "");
  assertEquals(
    warned.warning,
    '299 - "duplicate field \\"data.a\\"", 299 - "unknown field \\"other\\""',
  );
  assertEquals((await post("b", "?fieldValidation=Ignore")).warning, "");
  const strict = await post("c", "?fieldValidation=Strict");
  assertEquals([strict.status, strict.body.message], [
    400,
    'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.a", unknown field "other"',
  ]);
});

Deno.test("dryRun=All answers but stores nothing", async () => {
  await using server = new FakeApiServer();
  const created = await request(server, `POST ${CONFIG_MAPS}?dryRun=All`, {
    body: configMap(),
  });
  assertEquals([created.status, created.body.metadata.resourceVersion], [
    201,
    undefined,
  ]);
  assertEquals((await request(server, `GET ${CONFIG_MAPS}/a`)).status, 404);
});

Deno.test("PUT keeps the version when nothing changes, and wants the last one", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  const { body: first } = await request(server, `POST ${WIDGETS}`, {
    body: widget(),
  });
  const { resourceVersion } = first.metadata;
  const put = (spec: object, metadata: object) =>
    request(server, `PUT ${WIDGETS}/a`, { body: widget(spec, metadata) });
  const same = await put({}, { resourceVersion });
  assertEquals(same.body.metadata.resourceVersion, resourceVersion);
  const changed = await put({ size: 5 }, { resourceVersion });
  assertEquals(changed.body.metadata.generation, 2);
  const stale = await put({ size: 6 }, { resourceVersion });
  assertEquals([stale.status, stale.body.reason], [409, "Conflict"]);
  const missing = await put({ size: 6 }, {});
  assertEquals(
    missing.body.details.causes[0].message,
    "Invalid value: 0: must be specified for an update",
  );
});

Deno.test("/status changes the status alone, the object all but the status", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  await request(server, `POST ${WIDGETS}`, {
    body: { ...widget(), status: { size: 9 } },
  });
  const type = "application/merge-patch+json";
  const body = {
    metadata: { labels: { a: "b" } },
    spec: { size: 7 },
    status: { size: 2 },
  };
  const status = await request(server, `PATCH ${WIDGETS}/a/status`, {
    body,
    type,
  });
  assertEquals(
    [status.body.spec, status.body.status, status.body.metadata.labels],
    [{ size: 3 }, { size: 2 }, undefined],
  );
  const main = await request(server, `PATCH ${WIDGETS}/a`, {
    body: { ...body, status: { size: 4 } },
    type,
  });
  assertEquals([main.body.spec, main.body.status], [{ size: 7 }, { size: 2 }]);
});

Deno.test("PATCH knows JSON, merge and strategic merge patches", async () => {
  await using server = new FakeApiServer();
  await request(server, `POST ${CONFIG_MAPS}`, { body: configMap() });
  const patch = (type: string, body: unknown) =>
    request(server, `PATCH ${CONFIG_MAPS}/a`, {
      body,
      type: `application/${type}-patch+json`,
    });
  const merged = await patch("merge", { data: { k: null, m: "1" } });
  assertEquals(merged.body.data, { m: "1" });
  const replaced = await patch("json", [
    { op: "test", path: "/data/m", value: "1" },
    { op: "replace", path: "/data/m", value: "2" },
  ]);
  assertEquals(replaced.body.data, { m: "2" });
  const failed = await patch("json", [
    { op: "test", path: "/data/m", value: "1" },
  ]);
  assertEquals([failed.status, failed.body.reason], [422, "Invalid"]);
  await patch("strategic-merge", { metadata: { finalizers: ["a.b/1"] } });
  const both = await patch("strategic-merge", {
    metadata: { finalizers: ["a.b/2"] },
  });
  assertEquals(both.body.metadata.finalizers, ["a.b/2", "a.b/1"]);
});

Deno.test("PATCH of a key named __proto__ changes only data", async () => {
  await using server = new FakeApiServer();
  await request(server, `POST ${CONFIG_MAPS}`, { body: configMap() });
  const { body } = await request(server, `PATCH ${CONFIG_MAPS}/a`, {
    body: '[{"op":"add","path":"/data/__proto__","value":"p"}]',
    type: "application/json-patch+json",
  });
  assertEquals(Object.keys(body.data).sort(), ["__proto__", "k"]);
  assertEquals(({} as Record<string, unknown>).length, undefined);
});

Deno.test("apply makes, keeps and takes fields", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  const apply = (manager: string, spec: object, query = "") =>
    request(server, `PATCH ${WIDGETS}/a?fieldManager=${manager}${query}`, {
      body: widget(spec),
      type: "application/apply-patch+yaml",
    });
  const made = await apply("one", { size: 1 });
  const again = await apply("one", { size: 1 });
  assertEquals([made.status, again.status], [201, 200]);
  assertEquals(
    again.body.metadata.resourceVersion,
    made.body.metadata.resourceVersion,
  );
  const conflict = await apply("two", { size: 2 });
  assertEquals(
    [conflict.status, conflict.body.message],
    [409, 'Apply failed with 1 conflict: conflict with "one": .spec.size'],
  );
  const forced = await apply("two", { size: 2 }, "&force=true");
  assertEquals(forced.body.spec, { size: 2 });
});

Deno.test("DELETE waits for finalizers and checks preconditions", async () => {
  await using server = new FakeApiServer();
  await request(server, `POST ${CONFIG_MAPS}`, {
    body: configMap({ finalizers: ["a.b/c"] }),
  });
  const wrong = await request(server, `DELETE ${CONFIG_MAPS}/a`, {
    body: { preconditions: { uid: "x" } },
  });
  assertEquals([wrong.status, wrong.body.details.kind], [409, "ConfigMap"]);
  const held = await request(server, `DELETE ${CONFIG_MAPS}/a`);
  assertEquals(held.body.metadata.deletionGracePeriodSeconds, 0);
  const again = await request(server, `POST ${CONFIG_MAPS}`, {
    body: configMap(),
  });
  assertEquals(
    again.body.message,
    'object is being deleted: configmaps "a" already exists',
  );
  await request(server, `PATCH ${CONFIG_MAPS}/a`, {
    body: { metadata: { finalizers: null } },
    type: "application/merge-patch+json",
  });
  const gone = await request(server, `DELETE ${CONFIG_MAPS}/a`);
  assertEquals(gone.body.message, 'configmaps "a" not found');
});

Deno.test("DELETE of a collection deletes what its selector chooses", async () => {
  await using server = new FakeApiServer();
  for (const name of ["a", "b", "c"]) {
    const labels = { keep: name === "c" ? "yes" : "no" };
    await request(server, `POST ${CONFIG_MAPS}`, {
      body: configMap({ name, labels }),
    });
  }
  const query = "labelSelector=keep%3Dno";
  const { body } = await request(server, `DELETE ${CONFIG_MAPS}?${query}`);
  assertEquals(body.items.length, 2);
  assertEquals(
    server.objects({ group: "", plural: "configmaps" }).length,
    1,
  );
});

Deno.test("/scale changes the count that the CRD names", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  await request(server, `POST ${WIDGETS}`, { body: widget() });
  const { body } = await request(server, `PATCH ${WIDGETS}/a/scale`, {
    body: { spec: { replicas: 8 } },
    type: "application/merge-patch+json",
  });
  assertEquals([body.kind, body.spec, body.status], [
    "Scale",
    { replicas: 8 },
    { replicas: 0 },
  ]);
});

Deno.test("events of both groups are one", async () => {
  await using server = new FakeApiServer();
  const path = (group: string) => `/${group}/v1/namespaces/default/events`;
  await request(server, `POST ${path("apis/events.k8s.io")}`, {
    body: {
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      metadata: { name: "e" },
      regarding: { kind: "Pod", namespace: "default", name: "p" },
      reason: "Started",
      action: "Start",
      note: "hello",
      type: "Normal",
      eventTime: "2030-01-01T00:00:00.000000Z",
      reportingController: "test.koprs.dev/x",
      reportingInstance: "x-0",
    },
  });
  const query = "fieldSelector=involvedObject.name%3Dp";
  const { body } = await request(server, `GET ${path("api")}?${query}`);
  assertEquals(
    [body.items[0].message, body.items[0].reportingComponent],
    ["hello", "test.koprs.dev/x"],
  );
});
