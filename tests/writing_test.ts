import { ConfigMap, Deployment, PriorityClass } from "@koprs/koprs/builtin";
import {
  ApiError,
  isAlreadyExists,
  isConflict,
  isInvalid,
  isNotFound,
  jsonPatch,
  mergePatch,
  type Patch,
  strategicMergePatch,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { deploymentManifest } from "./deployment_manifest.ts";
import { openWorld } from "./world.ts";

Deno.test("ResourceClient.create() returns what the API server made of it", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const { apiVersion, kind, metadata, data } = await configMaps.create({
    metadata: { ...key, labels: { app: "web" } },
    data: { color: "blue" },
  });
  assertEquals({ apiVersion, kind }, { apiVersion: "v1", kind: "ConfigMap" });
  assertEquals(data, { color: "blue" });
  assertEquals(metadata.labels, { app: "web" });
  assert(metadata.uid.length > 0);
  assert(metadata.resourceVersion.length > 0);
  assert(Date.parse(metadata.creationTimestamp) > 0);
});

Deno.test("ResourceClient.create() makes an object of a kind without namespaces", async () => {
  await using world = await openWorld();
  const classes = world.client.resource(PriorityClass);
  const name = world.namespace;
  const created = await classes.create({ metadata: { name }, value: 7 });
  assertEquals(created.metadata.namespace, undefined);
  assertEquals((await classes.get({ name }))?.value, 7);
  assertEquals(await classes.delete({ name }), true);
  assertEquals(await classes.exists({ name }), false);
});

Deno.test("ResourceClient.create() refuses a name that exists", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.create({ metadata });
  const error = await assertRejects(() => configMaps.create({ metadata }));
  assert(isAlreadyExists(error));
  assert(!isConflict(error));
});

Deno.test("F77 ResourceClient.create() refuses a namespace that is missing", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const namespace = `${world.namespace}-missing`;
  const error = await assertRejects(
    () => configMaps.create({ metadata: { name: "app", namespace } }),
    ApiError,
    `namespaces "${namespace}" not found`,
  );
  assert(isNotFound(error));
});

Deno.test("ResourceClient.create() names each invalid field", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const error = await assertRejects(
    () =>
      configMaps.create({
        metadata: {
          name: "App!",
          namespace: world.namespace,
          labels: { app: "not a value" },
        },
        data: { "no/key": "" },
      }),
    ApiError,
  );
  assert(isInvalid(error));
  assertEquals(error.details?.causes?.map(({ field }) => field).sort(), [
    "data[no/key]",
    "metadata.labels",
    "metadata.name",
  ]);
});

Deno.test("ResourceClient.create() only checks when it runs dry", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const checked = await configMaps.create({ metadata }, { dryRun: true });
  assertEquals(checked.metadata.name, "app");
  assertEquals(await configMaps.exists(metadata), false);
});

Deno.test("ResourceClient.create() refuses unknown fields when validation is strict", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const misspelt = { metadata, data: {}, dtaa: { color: "blue" } };
  const error = await assertRejects(
    () => configMaps.create(misspelt, { fieldValidation: "Strict" }),
    ApiError,
    'unknown field "dtaa"',
  );
  assertEquals(error.code, 400);

  const created = await configMaps.create(misspelt, {
    fieldValidation: "Ignore",
  });
  assertEquals("dtaa" in created, false);
});

Deno.test("ResourceClient.update() replaces an object, unless it changed since it was read", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const read = await configMaps.create({ metadata, data: { color: "blue" } });

  const updated = await configMaps.update({ ...read, data: { size: "1" } });
  assertEquals(updated.data, { size: "1" });
  const error = await assertRejects(() =>
    configMaps.update({ ...read, data: { color: "red" } })
  );
  assert(isConflict(error));
  assertEquals((await configMaps.get(metadata))?.data, { size: "1" });
});

Deno.test("ResourceClient.update() writes the status alone when asked to", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const manifest = deploymentManifest({ namespace: world.namespace });
  const created = await deployments.create(manifest);
  const updated = await deployments.update({
    ...created,
    spec: { ...manifest.spec, replicas: 9 },
    status: { replicas: 3 },
  }, { subresource: "status" });
  assertEquals(updated.status?.replicas, 3);
  assertEquals(updated.spec?.replicas, 1);
});

Deno.test("ResourceClient.patch() changes an object by each kind of patch", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const key = { name: "web", namespace: world.namespace };
  await deployments.create(deploymentManifest({ namespace: world.namespace }));

  const container = { name: "web", image: "web:2" };
  const template = { spec: { containers: [container] } };
  const cases: readonly (readonly [Patch, string[]])[] = [
    [
      jsonPatch([
        { op: "test", path: "/spec/replicas", value: 1 },
        {
          op: "add",
          path: "/spec/template/spec/containers/-",
          value: { name: "log", image: "log:1" },
        },
      ]),
      ["web:1", "log:1"],
    ],
    [strategicMergePatch({ spec: { template } }), ["web:2", "log:1"]],
    [mergePatch({ spec: { template } }), ["web:2"]],
  ];
  for (const [patch, images] of cases) {
    const { spec } = await deployments.patch(key, patch);
    assertEquals(
      spec?.template.spec?.containers.map(({ image }) => image),
      images,
      patch.contentType,
    );
  }
});

Deno.test("ResourceClient.patch() changes nothing when a test of a JSON patch fails", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const created = await configMaps.create({ metadata, data: { a: "1" } });
  const patch = jsonPatch([
    { op: "replace", path: "/data/a", value: "2" },
    { op: "test", path: "/metadata/uid", value: "another" },
  ]);
  const error = await assertRejects(() => configMaps.patch(metadata, patch));
  assert(isInvalid(error));
  assertEquals(await configMaps.get(metadata), created);
});

Deno.test("ResourceClient.patch() removes what a merge patch sets to null", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.create({ metadata, data: { a: "1", b: "2" } });
  const patch = mergePatch({ data: { a: null, c: "3" } });
  const { data } = await configMaps.patch(metadata, patch);
  assertEquals(data, { b: "2", c: "3" });
});

Deno.test("ResourceClient.patch() changes a subresource alone", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const key = { name: "web", namespace: world.namespace };
  const manifest = deploymentManifest({ namespace: world.namespace });
  await deployments.create(manifest);

  const patch = mergePatch({ spec: { replicas: 5 }, status: { replicas: 2 } });
  const patched = await deployments.patch(key, patch, {
    subresource: "status",
  });
  assertEquals(patched.spec?.replicas, 1);
  assertEquals(patched.status?.replicas, 2);

  const scale = mergePatch({ spec: { replicas: 5 } });
  await deployments.patch(key, scale, { subresource: "scale" });
  assertEquals((await deployments.get(key))?.spec?.replicas, 5);
});

Deno.test("ResourceClient.patch() throws when there is no object", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const error = await assertRejects(() =>
    configMaps.patch(key, mergePatch({ data: {} }))
  );
  assert(isNotFound(error));
});

Deno.test("F67 ResourceClient.update() lets many writers at once lose nothing", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "counter", namespace: world.namespace };
  await configMaps.create({ metadata: key, data: { count: "0" } });
  const increment = async (): Promise<void> => {
    for (;;) {
      const live = await configMaps.get(key);
      assert(live !== undefined);
      const count = `${Number(live.data?.count) + 1}`;
      try {
        await configMaps.update({ ...live, data: { count } });
        return;
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: 20 }, increment));
  assertEquals((await configMaps.get(key))?.data, { count: "20" });
});

Deno.test("F75 ResourceClient.create() says that the old object is still on its way", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const finalizers = ["journey.example.io/hold"];
  await configMaps.create({ metadata: { ...key, finalizers } });
  await configMaps.delete(key);
  const error = await assertRejects(
    () => configMaps.create({ metadata: key }),
    ApiError,
    "object is being deleted",
  );
  assert(isAlreadyExists(error));
  await configMaps.patch(
    key,
    mergePatch({ metadata: { finalizers: null } }),
  );
  await configMaps.create({ metadata: key });
});
