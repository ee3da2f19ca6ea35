import { CustomResourceDefinition } from "@koprs/koprs/builtin";
import {
  ApiError,
  type ApplyConfiguration,
  defineKind,
  isInvalid,
  mergePatch,
  type ObjectOf,
  type ResourceClient,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as z from "zod";
import { openWorld } from "./world.ts";

const Website = defineKind({
  group: "custom.example.org",
  version: "v1",
  kind: "Website",
  plural: "websites",
  shortNames: ["web"],
  scope: "Namespaced",
  spec: z.object({
    host: z.string().regex(/^[a-z.]+$/),
    replicas: z.int().min(1).max(10).default(2),
    mode: z.enum(["public", "private"]).optional(),
    pages: z.array(z.object({ path: z.string(), title: z.string() }))
      .optional(),
    limits: z.object({ size: z.int().default(100) }).optional(),
  }),
  status: z.object({ url: z.string(), ready: z.boolean() }),
  printerColumns: [{ name: "Host", type: "string", jsonPath: ".spec.host" }],
});
type Website = ObjectOf<typeof Website>;
type WebsiteFields = ApplyConfiguration<Website, "Namespaced">;

const Zone = defineKind({
  group: "custom.example.org",
  version: "v1",
  kind: "Zone",
  plural: "zones",
  scope: "Cluster",
  spec: z.object({ region: z.string() }),
});

Deno.test("defineKind() makes a kind that the API server serves", async () => {
  await using world = await openWorld([Website]);
  const definitions = world.client.resource(CustomResourceDefinition);
  const definition = await definitions.get({
    name: "websites.custom.example.org",
  });
  assertEquals(definition?.status?.acceptedNames?.shortNames, ["web"]);
  const problems = definition?.status?.conditions?.filter(
    ({ type }) => type === "NonStructuralSchema",
  );
  assertEquals(problems, []);
});

Deno.test("defineKind() makes a kind with all verbs", async () => {
  await using world = await openWorld([Website]);
  const websites = world.client.resource(Website);
  const key = { name: "app", namespace: world.namespace };
  const created = await websites.create({
    metadata: key,
    spec: { host: "a.example", replicas: 1 },
  });
  assertEquals(created.metadata.generation, 1);
  const applied = await websites.apply({
    metadata: key,
    spec: { mode: "private" },
  });
  assertEquals(applied.spec, {
    host: "a.example",
    replicas: 1,
    mode: "private",
  });
  assertEquals(applied.metadata.generation, 2);
  const patch = mergePatch({ spec: { mode: null } });
  assertEquals((await websites.patch(key, patch)).spec.mode, undefined);
  const names: string[] = [];
  for await (const { metadata } of websites.list(world)) {
    names.push(metadata.name);
  }
  assertEquals(names, ["app"]);
  assertEquals(await websites.delete(key), true);
  assertEquals(await websites.get(key), undefined);
});

Deno.test("defineKind() makes a kind without namespaces", async () => {
  await using world = await openWorld([Zone]);
  const zones = world.client.resource(Zone);
  const metadata = { name: world.namespace };
  const created = await zones.create({ metadata, spec: { region: "west" } });
  assertEquals(created.metadata.namespace, undefined);
  assertEquals((await zones.get(metadata))?.spec, { region: "west" });
  assertEquals(await zones.delete(metadata), true);
});

Deno.test("defineKind() has the API server apply defaults", async () => {
  await using world = await openWorld([Website]);
  const { websites, spec } = await createWebsite(world, { limits: {} });
  assertEquals(spec, {
    host: "a.example",
    replicas: 2,
    limits: { size: 100 },
  });
  const listed = [];
  for await (const website of websites.list(world)) listed.push(website.spec);
  assertEquals(listed, [spec]);
});

Deno.test("defineKind() has the API server validate, and name each field", async () => {
  await using world = await openWorld([Website]);
  const websites = world.client.resource(Website);
  const metadata = { name: "app", namespace: world.namespace };
  const wrong = {
    host: "No Host",
    replicas: 11,
    mode: "secret",
    pages: [{ path: "/", title: 7 }],
  };
  const error = await assertRejects(
    // What a person writes in YAML has no types.
    () => websites.create({ metadata, spec: wrong as never }),
    ApiError,
    'Website.custom.example.org "app" is invalid',
  );
  assert(isInvalid(error));
  const causes = error.details?.causes?.map(({ field, reason }) => {
    return `${field} ${reason}`;
  });
  assertEquals(causes?.sort(), [
    "spec.host FieldValueInvalid",
    "spec.mode FieldValueNotSupported",
    "spec.pages[0].title FieldValueTypeInvalid",
    "spec.replicas FieldValueInvalid",
  ]);
  assert(error.message.includes("should be less than or equal to 10"));
});

Deno.test("defineKind() has the API server demand what is required", async () => {
  await using world = await openWorld([Website]);
  const websites = world.client.resource(Website);
  const metadata = { name: "app", namespace: world.namespace };
  const error = await assertRejects(
    () => websites.create({ metadata, spec: {} as never }),
    ApiError,
    "spec.host: Required value",
  );
  assertEquals(error.code, 422);
});

Deno.test("defineKind() has the API server drop unknown fields, or refuse them", async () => {
  await using world = await openWorld([Website]);
  const { websites, metadata } = await createWebsite(world, {});
  const patch = mergePatch({ spec: { colour: "blue" } });
  const pruned = await websites.patch(metadata, patch);
  assertEquals("colour" in pruned.spec, false);
  await assertRejects(
    () => websites.patch(metadata, patch, { fieldValidation: "Strict" }),
    ApiError,
    'unknown field "spec.colour"',
  );
});

Deno.test("defineKind() makes a status that only its own endpoint writes", async () => {
  await using world = await openWorld([Website]);
  const { websites, metadata } = await createWebsite(world, {});
  const key = { name: metadata.name, namespace: metadata.namespace };
  const status = { url: "https://a.example", ready: true };
  const ignored = await websites.patch(key, mergePatch({ status }));
  assertEquals(ignored.status, undefined);
  assertEquals(ignored.metadata.resourceVersion, metadata.resourceVersion);

  const applied = await websites.applyStatus({ metadata, status });
  assertEquals(applied.status, status);
  assertEquals(applied.metadata.generation, 1);
  const patched = await websites.patch(
    key,
    mergePatch({ spec: { host: "b.example" }, status: { ready: false } }),
    { subresource: "status" },
  );
  assertEquals(patched.spec.host, "a.example");
  assertEquals(patched.status?.ready, false);
  const replaced = await websites.update(
    { ...patched, status: { ...status, ready: true } },
    { subresource: "status" },
  );
  assertEquals(replaced.status?.ready, true);
});

async function createWebsite(
  { client, namespace }: Awaited<ReturnType<typeof openWorld>>,
  spec: WebsiteFields["spec"],
): Promise<Website & { websites: ResourceClient<Website, "Namespaced"> }> {
  const websites = client.resource(Website);
  const website = await websites.apply({
    metadata: { name: "app", namespace },
    spec: { host: "a.example", ...spec },
  });
  return { ...website, websites };
}
