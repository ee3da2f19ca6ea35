import { assertEquals, assertRejects } from "@std/assert";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import { Client } from "./client.ts";

const Widget: Kind<KubeObject<"Namespaced">, "Namespaced"> = {
  group: "example.io",
  version: "v1",
  apiVersion: "example.io/v1",
  kind: "Widget",
  plural: "widgets",
  scope: "Namespaced",
};

/** A client of a server that answers each request with the next body. */
function clientOf(bodies: readonly unknown[]): Client {
  const answers = bodies.values();
  return new Client({ server: "http://127.0.0.1:1" }, {
    fieldManager: "test",
    fetch: () => Promise.resolve(Response.json(answers.next().value)),
  });
}

async function pagesOf(bodies: readonly unknown[]): Promise<unknown[]> {
  await using client = clientOf(bodies);
  return await Array.fromAsync(client.resource(Widget).pages());
}

Deno.test("F52 ResourceClient.pages() bears lists of null and items without a kind", async () => {
  const metadata = { resourceVersion: "7" };
  assertEquals(await pagesOf([{ metadata, items: null }]), [
    { items: [], resourceVersion: "7" },
  ]);
  const item = { metadata: { name: "a", namespace: "ns" } };
  assertEquals(await pagesOf([{ metadata, items: [item] }]), [{
    items: [{ apiVersion: "example.io/v1", kind: "Widget", ...item }],
    resourceVersion: "7",
  }]);
});

Deno.test("F110 ResourceClient.pages() leaves out items that cannot be decoded", async () => {
  const good = { metadata: { name: "a", namespace: "ns" } };
  const items = [null, {}, { metadata: null }, { metadata: {} }, 7, good];
  const [page] = await pagesOf([{ metadata: { resourceVersion: "7" }, items }]);
  assertEquals((page as { items: unknown[] }).items.length, 1);
});

Deno.test("F51 ResourceClient.pages() stops when the server repeats a page", async () => {
  const page = {
    metadata: { resourceVersion: "7", continue: "again" },
    items: [],
  };
  await assertRejects(
    () => pagesOf([page, page, page]),
    Error,
    "the server repeats a page",
  );
});
