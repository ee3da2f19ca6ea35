import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import { CONFIG_MAPS, request } from "./test_client.ts";

async function create(
  server: FakeApiServer,
  name: string,
  metadata: object = {},
): Promise<string> {
  const { body } = await request(server, `POST ${CONFIG_MAPS}`, {
    body: { metadata: { name, ...metadata } },
  });
  return body.metadata.uid;
}

function ownedBy(uid: string, more: object = {}): object {
  const owner = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid };
  return { ownerReferences: [{ ...owner, ...more }] };
}

const names = (server: FakeApiServer) =>
  server.objects<{ metadata: { name: string } }>({
    group: "",
    plural: "configmaps",
  }).map(({ metadata }) => metadata.name);

Deno.test("garbage collection deletes dependents of dependents", async () => {
  await using server = new FakeApiServer();
  const owner = await create(server, "owner");
  const child = await create(server, "child", ownedBy(owner));
  await create(server, "grandchild", ownedBy(child));
  await create(server, "other");
  await request(server, `DELETE ${CONFIG_MAPS}/owner`);
  assertEquals(names(server), ["other"]);
});

Deno.test("garbage collection keeps what has another owner", async () => {
  await using server = new FakeApiServer();
  const [one, two] = [await create(server, "one"), await create(server, "two")];
  const [first] = (ownedBy(one) as { ownerReferences: object[] })
    .ownerReferences;
  const [second] = (ownedBy(two) as { ownerReferences: object[] })
    .ownerReferences;
  await create(server, "child", { ownerReferences: [first, second] });
  await request(server, `DELETE ${CONFIG_MAPS}/one`);
  assertEquals(names(server), ["child", "two"]);
  await request(server, `DELETE ${CONFIG_MAPS}/two`);
  assertEquals(names(server), []);
});

Deno.test("foreground deletion waits for dependents that block", async () => {
  await using server = new FakeApiServer();
  const owner = await create(server, "owner");
  await create(server, "child", {
    ...ownedBy(owner, { blockOwnerDeletion: true }),
    finalizers: ["test.koprs.dev/hold"],
  });
  const query = "propagationPolicy=Foreground";
  await request(server, `DELETE ${CONFIG_MAPS}/owner?${query}`);
  assertEquals(names(server), ["child", "owner"]);
  await request(server, `PATCH ${CONFIG_MAPS}/child`, {
    body: { metadata: { finalizers: null } },
    type: "application/merge-patch+json",
  });
  assertEquals(names(server), []);
});

Deno.test("orphan deletion cuts the ties of dependents", async () => {
  await using server = new FakeApiServer();
  const owner = await create(server, "owner");
  await create(server, "child", ownedBy(owner));
  await request(server, `DELETE ${CONFIG_MAPS}/owner?propagationPolicy=Orphan`);
  const { body } = await request(server, `GET ${CONFIG_MAPS}/child`);
  assertEquals(body.metadata.ownerReferences, undefined);
  assertEquals(names(server), ["child"]);
});

Deno.test("a namespace goes with its content", async () => {
  await using server = new FakeApiServer({ namespaces: ["team"] });
  const path = "/api/v1/namespaces/team";
  await request(server, `POST ${path}/configmaps`, {
    body: { metadata: { name: "a", finalizers: ["test.koprs.dev/hold"] } },
  });
  await request(server, `DELETE ${path}`);
  const held = await request(server, `GET ${path}`);
  assertEquals(held.body.status.phase, "Terminating");
  await request(server, `PATCH ${path}/configmaps/a`, {
    body: { metadata: { finalizers: null } },
    type: "application/merge-patch+json",
  });
  assertEquals((await request(server, `GET ${path}`)).status, 404);
});

Deno.test("without garbage collection a namespace waits for its finalizer", async () => {
  await using server = new FakeApiServer({
    namespaces: ["team"],
    garbageCollection: false,
  });
  const path = "/api/v1/namespaces/team";
  await request(server, `DELETE ${path}`);
  assertEquals((await request(server, `GET ${path}`)).status, 200);
  await request(server, `PUT ${path}/finalize`, {
    body: { metadata: { name: "team" }, spec: { finalizers: [] } },
  });
  assertEquals((await request(server, `GET ${path}`)).status, 404);
});
