import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import {
  CONFIG_MAPS,
  request,
  widget,
  WIDGET_CRD,
  WIDGETS,
} from "./test_client.ts";

interface Named {
  readonly metadata: { readonly name: string };
}

async function filled(): Promise<FakeApiServer> {
  const server = new FakeApiServer();
  for (const name of ["b", "a", "d", "c"]) {
    const labels = { name, early: name < "c" ? "yes" : "no" };
    await request(server, `POST ${CONFIG_MAPS}`, {
      body: { metadata: { name, labels } },
    });
  }
  return server;
}

const names = (items: readonly Named[]) =>
  items.map(({ metadata }) => metadata.name).join("");

Deno.test("a list is in the order of keys", async () => {
  await using server = await filled();
  const { body } = await request(server, `GET ${CONFIG_MAPS}`);
  assertEquals([body.kind, names(body.items)], ["ConfigMapList", "abcd"]);
});

Deno.test("a list goes on where it was, whatever is written meanwhile", async () => {
  await using server = await filled();
  const first = await request(server, `GET ${CONFIG_MAPS}?limit=3`);
  assertEquals(first.body.metadata.remainingItemCount, 1);
  await request(server, `DELETE ${CONFIG_MAPS}/d`);
  const next = `limit=3&continue=${first.body.metadata.continue}`;
  const second = await request(server, `GET ${CONFIG_MAPS}?${next}`);
  assertEquals(names(second.body.items), "d");
  server.compact();
  const expired = await request(server, `GET ${CONFIG_MAPS}?${next}`);
  assertEquals([expired.status, expired.body.reason], [410, "Expired"]);
  const rest = expired.body.metadata.continue;
  const { body } = await request(server, `GET ${CONFIG_MAPS}?continue=${rest}`);
  assertEquals(body.items, []);
});

Deno.test("a list shows the version that was asked for", async () => {
  await using server = await filled();
  const { body } = await request(server, `GET ${CONFIG_MAPS}/d`);
  const query =
    `resourceVersionMatch=Exact&resourceVersion=${body.metadata.resourceVersion}`;
  const then = await request(server, `GET ${CONFIG_MAPS}?${query}`);
  assertEquals(names(then.body.items), "abd");
});

Deno.test("selectors choose by labels and fields", async () => {
  await using server = await filled();
  const cases: readonly (readonly [string, string])[] = [
    ["labelSelector=early=yes", "ab"],
    ["labelSelector=early!=yes", "cd"],
    ["labelSelector=name in (a,c),early", "ac"],
    ["labelSelector=name notin (a,c)", "bd"],
    ["labelSelector=!early", ""],
    ["fieldSelector=metadata.name=a", "a"],
    ["fieldSelector=metadata.name!=a,metadata.namespace=default", "bcd"],
  ];
  for (const [query, expected] of cases) {
    const encoded = encodeURI(query).replace(/(?<=Selector=.*)=/g, "%3D");
    const { body } = await request(server, `GET ${CONFIG_MAPS}?${encoded}`);
    assertEquals(names(body.items), expected, query);
  }
  const wrong = await request(server, `GET ${CONFIG_MAPS}?fieldSelector=x%3Dy`);
  assertEquals(
    wrong.body.message,
    '"x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  );
});

Deno.test("tables and metadata are answered on demand", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  await request(server, `POST ${WIDGETS}`, { body: widget({ size: 4 }) });
  const as = (form: string) =>
    request(server, `GET ${WIDGETS}`, {
      accept: `application/json;as=${form};v=v1;g=meta.k8s.io`,
    });
  const { body: table } = await as("Table");
  assertEquals(
    table.columnDefinitions.map(({ name }: { name: string }) => name),
    ["Name", "Size"],
  );
  assertEquals(table.rows[0].cells, ["a", 4]);
  const { body: list } = await as("PartialObjectMetadataList");
  assertEquals(Object.keys(list.items[0]), ["kind", "apiVersion", "metadata"]);
});

Deno.test("paths that are not served fail as on a real server", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  const cases: readonly (readonly [string, number, string])[] = [
    ["GET /nope", 404, "404 page not found\n"],
    ["GET /apis/test.koprs.dev/v2/widgets", 404, "404 page not found\n"],
    [
      "GET /apis/test.koprs.dev/v1/widgets/a",
      404,
      "404 page not found\n",
    ],
    [
      "GET /api/v1/nothing",
      404,
      "the server could not find the requested resource",
    ],
    [`GET ${CONFIG_MAPS}/a`, 404, 'configmaps "a" not found'],
    [
      `PUT ${CONFIG_MAPS}`,
      405,
      "the server does not allow this method on the requested resource",
    ],
    [
      "GET /api/v1/namespaces/default/pods/a/log",
      404,
      'pods "a" not found',
    ],
  ];
  for (const [line, status, message] of cases) {
    const answer = await request(server, line);
    assertEquals(
      [answer.status, answer.body.message ?? answer.body],
      [status, message],
      line,
    );
  }
});

Deno.test("discovery tells custom kinds, in both of its forms", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  const plain = await request(server, "GET /apis/test.koprs.dev/v1");
  assertEquals(
    plain.body.resources.map(({ name }: { name: string }) => name),
    ["widgets", "widgets/status", "widgets/scale"],
  );
  const response = await fetch(`${server.url}/apis`, {
    headers: {
      accept:
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
    },
  });
  const { items } = await response.json();
  const group = items.find((item: Named) =>
    item.metadata.name === "test.koprs.dev"
  );
  assertEquals(group.versions[0].resources[0].shortNames, ["wd"]);
});

Deno.test("a CRD goes after its objects", async () => {
  await using server = new FakeApiServer({ crds: [WIDGET_CRD] });
  await request(server, `POST ${WIDGETS}`, {
    body: widget({}, { finalizers: ["a.b/c"] }),
  });
  const crd =
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.test.koprs.dev";
  await request(server, `DELETE ${crd}`);
  const refused = await request(server, `POST ${WIDGETS}`, {
    body: widget({}, { name: "b" }),
  });
  assertEquals(refused.status, 403);
  await request(server, `PATCH ${WIDGETS}/a`, {
    body: { metadata: { finalizers: null } },
    type: "application/merge-patch+json",
  });
  assertEquals((await request(server, `GET ${crd}`)).status, 404);
  assertEquals((await request(server, `GET ${WIDGETS}`)).status, 404);
});
