import { ConfigMap, Deployment, Namespace } from "@koprs/koprs/builtin";
import {
  ApiError,
  Client,
  Informer,
  isApplyConflict,
  isConflict,
  isInvalid,
  start,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { deploymentManifest } from "./deployment_manifest.ts";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

Deno.test("ResourceClient.applyReporting() says whether the object is new", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const wanted = { metadata, data: { color: "blue" } };
  const first = await configMaps.applyReporting(wanted);
  assertEquals(first.created, true);
  assertEquals(first.object.data, { color: "blue" });
  const second = await configMaps.applyReporting(wanted);
  assertEquals(second.created, false);
  assertEquals(second.object, first.object);
});

Deno.test("ResourceClient.apply() changes the fields of its manager alone", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.apply({ metadata, data: { color: "blue", size: "1" } });
  await configMaps.apply({ metadata, data: { shape: "round" } }, {
    fieldManager: "other",
  });
  // What is left out is given up.
  const { data } = await configMaps.apply({
    metadata: { ...metadata, labels: { app: "web" } },
    data: { color: "green" },
  });
  assertEquals(data, { color: "green", shape: "round" });
});

Deno.test("ResourceClient.apply() leaves a field to another manager that wants it, too", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const wanted = { metadata, data: { color: "blue" } };
  await configMaps.apply(wanted);
  await configMaps.apply(wanted, { fieldManager: "other" });
  const { data } = await configMaps.apply({ metadata });
  assertEquals(data, { color: "blue" });
  const bare = await configMaps.apply({ metadata }, { fieldManager: "other" });
  assertEquals(bare.data, undefined);
});

Deno.test("F68 ResourceClient.apply() names fields and managers of a conflict, and takes over by force", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const manifest = deploymentManifest({ namespace: world.namespace });
  await deployments.apply(manifest, { fieldManager: "first" });
  const { metadata } = manifest;
  const image = { name: "web", image: "web:2" };
  const wanted = {
    metadata,
    spec: { replicas: 3, template: { spec: { containers: [image] } } },
  };

  const error = await assertRejects(
    () => deployments.apply(wanted),
    ApiError,
    'conflicts with "first"',
  );
  assert(isApplyConflict(error) && isConflict(error));
  assertEquals(error.conflicts, [
    { field: ".spec.replicas", manager: "first" },
    {
      field: '.spec.template.spec.containers[name="web"].image',
      manager: "first",
    },
  ]);

  const forced = await deployments.apply(wanted, { force: true });
  assertEquals(forced.spec?.replicas, 3);
  const back = await assertRejects(
    () => deployments.apply(manifest, { fieldManager: "first" }),
    ApiError,
  );
  assertEquals(back.conflicts.map(({ manager }) => manager), [
    "tester",
    "tester",
  ]);
});

Deno.test("ResourceClient.apply() conflicts with who created the field", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.create({ metadata, data: { color: "red" } }, {
    fieldManager: "person",
  });
  const error = await assertRejects(
    () => configMaps.apply({ metadata, data: { color: "blue" } }),
    ApiError,
  );
  assertEquals(error.conflicts, [{ field: ".data.color", manager: "person" }]);
});

Deno.test("ResourceClient.apply() touches no other object than that with the uid", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const gone = await configMaps.create({ metadata });
  await configMaps.delete(metadata);
  const { uid } = gone.metadata;

  const absent = await assertRejects(() =>
    configMaps.apply({ metadata }, { uid })
  );
  assert(isConflict(absent) && !isApplyConflict(absent));
  assertEquals(await configMaps.exists(metadata), false);

  const other = await configMaps.create({ metadata });
  const wanted = { metadata, data: { color: "blue" } };
  const wrong = await assertRejects(() => configMaps.apply(wanted, { uid }));
  assert(isConflict(wrong) || isInvalid(wrong));
  assertEquals(await configMaps.get(metadata), other);
  const right = await configMaps.apply(wanted, { uid: other.metadata.uid });
  assertEquals(right.data, { color: "blue" });
});

Deno.test("ResourceClient.apply() refuses a version that is no longer current", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const first = await configMaps.apply({ metadata, data: { color: "blue" } });
  await configMaps.apply({ metadata, data: { color: "green" } });
  const { resourceVersion } = first.metadata;
  const wanted = { metadata, data: { color: "red" } };
  const error = await assertRejects(() =>
    configMaps.apply(wanted, { resourceVersion })
  );
  assert(isConflict(error) && !isApplyConflict(error));
});

Deno.test("ResourceClient.apply() only checks when it runs dry", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const { data } = await configMaps.apply(
    { metadata, data: { color: "blue" } },
    { dryRun: true },
  );
  assertEquals(data, { color: "blue" });
  assertEquals(await configMaps.exists(metadata), false);
});

Deno.test("ResourceClient.apply() works without namespaces", async () => {
  await using world = await openWorld();
  const namespaces = world.client.resource(Namespace);
  const name = world.namespace;
  const applied = await namespaces.apply({
    metadata: { name, labels: { team: "a" } },
  });
  assertEquals(applied.metadata.labels, {
    "kubernetes.io/metadata.name": name,
    team: "a",
  });
});

Deno.test("ResourceClient.applyStatus() changes the status alone, and takes it over", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const manifest = deploymentManifest({ namespace: world.namespace });
  const { metadata } = await deployments.create(manifest);
  await deployments.applyStatus({ metadata, status: { replicas: 1 } }, {
    fieldManager: "other",
  });
  const applied = await deployments.applyStatus({
    metadata,
    status: { replicas: 2 },
  });
  assertEquals(applied.status, { replicas: 2 });
  assertEquals(applied.spec?.replicas, 1);

  const status = { replicas: 3 };
  const error = await assertRejects(() =>
    deployments.applyStatus({ metadata, status }, {
      fieldManager: "other",
      force: false,
    })
  );
  assert(isApplyConflict(error));
});

Deno.test("F74 ResourceClient.applyStatus() sends nothing when an informer shows that it holds", async () => {
  await using world = await openWorld();
  const { namespace, config } = world;
  const wire = new RecordedFetch();
  const { fetch } = wire;
  await using client = new Client(config, { fieldManager: "operator", fetch });
  const deployments = client.resource(Deployment);
  const manifest = deploymentManifest({ namespace });
  const { metadata } = await deployments.create(manifest);
  await using running = start(new Informer(deployments, { namespace }));
  await running.ready;

  const status = { replicas: 2 };
  const first = await deployments.applyStatus({ metadata, status });
  const sent = wire.requests.length;
  const second = await deployments.applyStatus({ metadata, status });
  assertEquals(wire.requests.length, sent);
  assertEquals(second.metadata.resourceVersion, first.metadata.resourceVersion);

  await deployments.applyStatus({ metadata, status: { replicas: 3 } });
  assertEquals(wire.requests.length, sent + 1);
});
