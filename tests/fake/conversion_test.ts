import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import { openWatch, request } from "./test_client.ts";

const NOTES = "/apis/test.koprs.dev/{v}/namespaces/default/notes";
const at = (version: string) => NOTES.replace("{v}", version);

const version = (name: string, storage: boolean, field: string) => ({
  name,
  served: true,
  storage,
  schema: {
    openAPIV3Schema: {
      type: "object",
      properties: {
        spec: { type: "object", properties: { [field]: { type: "string" } } },
      },
    },
  },
});

/** Two versions with another name for the same field. */
const CRD = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "notes.test.koprs.dev" },
  spec: {
    group: "test.koprs.dev",
    scope: "Namespaced",
    names: { plural: "notes", kind: "Note" },
    versions: [version("v1", true, "text"), version("v1beta1", false, "words")],
    conversion: {
      strategy: "Webhook",
      webhook: {
        clientConfig: { url: "https://conversion.test" },
        conversionReviewVersions: ["v1"],
      },
    },
  },
};

const FIELDS: Readonly<Record<string, string>> = {
  "test.koprs.dev/v1": "text",
  "test.koprs.dev/v1beta1": "words",
};

/** An object of either version. */
interface Note {
  readonly apiVersion: string;
  readonly metadata: object;
  readonly spec: Readonly<Record<string, string>>;
}

function convert({ apiVersion, spec, ...rest }: Note, to: string): Note {
  const text = spec[FIELDS[apiVersion] ?? ""] ?? "";
  return { ...rest, apiVersion: to, spec: { [FIELDS[to] ?? ""]: text } };
}

async function answer(
  asked: Request,
  change: (object: Note) => object = (object) => object,
): Promise<Response> {
  const { request: { uid, objects, desiredAPIVersion: to } } = await asked
    .json();
  return Response.json({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "ConversionReview",
    response: {
      uid,
      result: { status: "Success" },
      convertedObjects: objects.map((object: Note) =>
        change(convert(object, to))
      ),
    },
  });
}

function serve(
  webhook: (request: Request) => Response | Promise<Response>,
): FakeApiServer {
  return new FakeApiServer({
    crds: [CRD],
    webhooks: { "https://conversion.test": webhook },
  });
}

const note = (name: string, more: object = {}) => ({
  apiVersion: "test.koprs.dev/v1beta1",
  kind: "Note",
  metadata: { name, ...more },
  spec: { words: "hi" },
});

Deno.test("a conversion webhook is asked on reads, writes, lists and watches", async () => {
  await using server = serve((request) => answer(request));
  await using watch = await openWatch(server, `${at("v1beta1")}?watch=true`);
  const created = await request(server, `POST ${at("v1beta1")}`, {
    body: note("a"),
  });
  assertEquals([created.status, created.body.spec], [201, { words: "hi" }]);
  const read = await request(server, `GET ${at("v1")}/a`);
  assertEquals(read.body.spec, { text: "hi" });
  await request(server, `PATCH ${at("v1")}/a`, {
    body: { spec: { text: "you" } },
    type: "application/merge-patch+json",
  });
  const list = await request(server, `GET ${at("v1beta1")}`);
  assertEquals(list.body.items[0].spec, { words: "you" });
  await request(server, `DELETE ${at("v1beta1")}/a`);
  const events = [await watch.next(), await watch.next(), await watch.next()];
  assertEquals(
    events.map((event) => `${event?.type} ${event?.object.spec.words}`),
    ["ADDED hi", "MODIFIED you", "DELETED you"],
  );
  assertEquals(
    server.objects({ group: "test.koprs.dev", version: "v1", plural: "notes" }),
    [],
  );
});

Deno.test("a conversion may change labels and annotations of the metadata alone", async () => {
  await using server = serve((request) =>
    answer(request, (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { converted: "yes" },
        finalizers: ["test.koprs.dev/lost"],
        generation: 99,
      },
    }))
  );
  const { body } = await request(server, `POST ${at("v1beta1")}`, {
    body: note("a"),
  });
  const { labels, finalizers, generation } = body.metadata;
  assertEquals(
    { labels, finalizers, generation },
    { labels: { converted: "yes" }, finalizers: undefined, generation: 1 },
  );
});

Deno.test("a conversion that fails fails the request, and a watch", async () => {
  let isBroken = false;
  await using server = serve((request) =>
    isBroken ? new Response("broken", { status: 500 }) : answer(request)
  );
  await request(server, `POST ${at("v1beta1")}`, { body: note("a") });
  isBroken = true;
  const failed = await request(server, `GET ${at("v1beta1")}/a`);
  assertEquals([failed.status, failed.body.message], [
    500,
    'conversion webhook for test.koprs.dev/v1, Kind=Note failed: an error on the server ("broken") has prevented the request from succeeding',
  ]);
  await request(server, `PATCH ${at("v1")}/a`, {
    body: { spec: { text: "you" } },
    type: "application/merge-patch+json",
  });
  await using watch = await openWatch(server, `${at("v1beta1")}?watch=true`);
  assertEquals((await watch.next())?.type, "ERROR");
  assertEquals(await watch.next(), undefined);
  isBroken = false;
  const read = await request(server, `GET ${at("v1beta1")}/a`);
  assertEquals(read.body.spec, { words: "you" });
});
