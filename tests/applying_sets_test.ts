import { ConfigMap, Secret, ServiceAccount } from "@koprs/koprs/builtin";
import {
  applySet,
  type ApplySetMember,
  type ApplySetResult,
  Client,
  controllerReference,
  isApplyConflict,
  mergePatch,
  NameTakenError,
  setMember,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openWorld, type World } from "./world.ts";

Deno.test("applySet() creates, changes and prunes, in all kinds and namespaces of the set", async () => {
  await using world = await openWorld();
  const { client, namespace, otherNamespace } = world;
  const set = { name: "app", namespace };
  const first = await applySet(client, set, [
    configMap("a", namespace, "blue"),
    configMap("b", otherNamespace, "blue"),
    setMember(Secret, { metadata: { name: "c", namespace: otherNamespace } }),
  ]);
  assertEquals(told(first), ["a created", "b created", "c created"]);
  await client.resource(ConfigMap).create({
    metadata: { name: "bystander", namespace: otherNamespace },
  });

  const members = [configMap("a", namespace, "green")];
  const tried = await applySet(client, { ...set, dryRun: true }, members);
  assertEquals(told(tried), ["a updated", "b pruned", "c pruned"]);
  const second = await applySet(client, set, members);
  assertEquals(told(second), ["a updated", "b pruned", "c pruned"]);
  const third = await applySet(client, set, members);
  assertEquals(told(third), ["a unchanged"]);

  const configMaps = client.resource(ConfigMap);
  const place = { namespace: otherNamespace };
  assertEquals(await configMaps.exists({ name: "b", ...place }), false);
  assertEquals(await configMaps.exists({ name: "bystander", ...place }), true);
  const { metadata } = await configMaps.get(set) ?? {};
  assertEquals(metadata?.annotations, {
    "applyset.kubernetes.io/tooling": "koprs/v1.0.0",
    "applyset.kubernetes.io/contains-group-kinds": "ConfigMap",
    "applyset.kubernetes.io/additional-namespaces": "",
  });
  const member = await configMaps.get({ name: "a", namespace });
  assertEquals(
    member?.metadata.labels?.["applyset.kubernetes.io/part-of"],
    metadata?.labels?.["applyset.kubernetes.io/id"],
  );
});

Deno.test("applySet() does not touch what a controller or another set has, and prunes nothing then", async () => {
  await using world = await openWorld();
  const { client, namespace } = world;
  const configMaps = client.resource(ConfigMap);
  const { owner, controlled } = await controlledObject(world);
  await applySet(client, { name: "other", namespace }, [
    configMap("theirs", namespace, "red"),
  ]);
  const set = { name: "app", namespace };
  await applySet(client, set, [configMap("old", namespace, "blue")]);

  const results = await applySet(client, { ...set, force: true }, [
    configMap("theirs", namespace, "blue"),
    configMap(controlled.metadata.name, namespace, "blue"),
    configMap("new", namespace, "blue"),
  ]);
  assertEquals(told(results), [
    "theirs failed",
    "controlled failed",
    "new created",
  ]);
  assert(results[0]?.error instanceof NameTakenError);
  assertEquals(await configMaps.get(controlled.metadata), controlled);
  const theirs = await configMaps.get({ name: "theirs", namespace });
  assertEquals(theirs?.data, { color: "red" });
  assertEquals(await configMaps.exists({ name: "old", namespace }), true);

  // A member that a controller took over meanwhile stays, too.
  const ownerReferences = [controllerReference(owner)];
  await configMaps.patch(
    { name: "old", namespace },
    mergePatch({ metadata: { ownerReferences } }),
  );
  const after = await applySet(client, set, []);
  assertEquals(told(after), ["new pruned"]);
  assertEquals(await configMaps.exists({ name: "old", namespace }), true);
});

Deno.test("applySet() names conflicts of fields, and takes them over by force", async () => {
  await using world = await openWorld();
  const { client, namespace } = world;
  await using other = new Client(world.config, { fieldManager: "other" });
  await other.resource(ConfigMap).apply({
    metadata: { name: "a", namespace },
    data: { color: "red" },
  });
  const set = { name: "app", namespace };
  const members = [configMap("a", namespace, "blue")];
  const [refused] = await applySet(client, set, members);
  assertEquals(refused?.outcome, "failed");
  assert(isApplyConflict(refused?.error));
  const forced = await applySet(client, { ...set, force: true }, members);
  assertEquals(told(forced), ["a updated"]);
});

Deno.test("applySet() prunes kinds that it is not told of, and leaves sets of other tools alone", async () => {
  await using world = await openWorld();
  const { client, namespace } = world;
  const set = { name: "app", namespace };
  const account = { metadata: { name: "runner", namespace } };
  await applySet(client, set, [setMember(ServiceAccount, account)]);
  assertEquals(told(await applySet(client, set, [])), ["runner pruned"]);

  const tooling = "applyset.kubernetes.io/tooling";
  await client.resource(ConfigMap).create({
    metadata: {
      name: "kubectl",
      namespace,
      annotations: { [tooling]: "kubectl/v1.35.0" },
    },
  });
  await assertRejects(
    () => applySet(client, { name: "kubectl", namespace }, []),
    Error,
    "it is kept by kubectl/v1.35.0",
  );
});

function told(results: readonly ApplySetResult[]): string[] {
  return results.map(({ key, outcome }) => `${key.name} ${outcome}`);
}

function configMap(
  name: string,
  namespace: string,
  color: string,
): ApplySetMember {
  return setMember(ConfigMap, {
    metadata: { name, namespace },
    data: { color },
  });
}

async function controlledObject({ client, namespace }: World) {
  const configMaps = client.resource(ConfigMap);
  const owner = await configMaps.create({
    metadata: { name: "owner", namespace },
  });
  const ownerReferences = [controllerReference(owner)];
  const controlled = await configMaps.create({
    metadata: { name: "controlled", namespace, ownerReferences },
  });
  return { owner, controlled };
}
