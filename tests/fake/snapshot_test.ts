import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";

const CRD = {
  metadata: { name: "boxes.test.koprs.dev" },
  spec: {
    group: "test.koprs.dev",
    scope: "Namespaced",
    names: { plural: "boxes", kind: "Box" },
    versions: [{
      name: "v1",
      served: true,
      storage: true,
      schema: {
        openAPIV3Schema: {
          type: "object",
          "x-kubernetes-preserve-unknown-fields": true,
        },
      },
    }],
  },
};
const BOXES = { group: "test.koprs.dev", plural: "boxes" };
const PATH = "/apis/test.koprs.dev/v1/namespaces/default/boxes";

async function send(
  server: FakeApiServer,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: { metadata: Record<string, string> } }> {
  const response = await server.fetch(
    new Request(server.url + path, {
      method,
      headers: { "content-type": "application/json" },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
    }),
  );
  return { status: response.status, body: await response.json() };
}

function box(name: string): object {
  return { apiVersion: "test.koprs.dev/v1", kind: "Box", metadata: { name } };
}

Deno.test("restore() brings objects back, also on another server", async () => {
  await using server = new FakeApiServer({ crds: [CRD], seed: 1 });
  const first = await send(server, "POST", PATH, box("a"));
  // As a file would hold it.
  const snapshot = JSON.parse(JSON.stringify(await server.snapshot()));
  await send(server, "DELETE", `${PATH}/a`);
  await send(server, "POST", PATH, box("b"));
  await server.restore(snapshot);
  const found = await send(server, "GET", `${PATH}/a`);
  assertEquals(found.body, first.body);
  assertEquals(server.objects(BOXES).length, 1);
  const next = await send(server, "POST", PATH, box("c"));
  const version = (of: typeof next) => Number(of.body.metadata.resourceVersion);
  assertEquals(version(next) > version(first), true);

  await using other = new FakeApiServer();
  await other.restore(snapshot);
  assertEquals((await send(other, "GET", `${PATH}/a`)).body, first.body);
  const old = await send(
    other,
    "GET",
    `${PATH}?resourceVersion=${version(first)}&resourceVersionMatch=Exact`,
  );
  assertEquals(old.status, 410);
});

Deno.test("a seed makes the same uids", async () => {
  const uids: unknown[] = [];
  for (let run = 0; run < 2; run++) {
    await using server = new FakeApiServer({ crds: [CRD], seed: 7 });
    uids.push((await send(server, "POST", PATH, box("a"))).body.metadata.uid);
  }
  assertEquals(uids[0], uids[1]);
});
