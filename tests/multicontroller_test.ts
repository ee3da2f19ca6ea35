import { mergePatch, waitFor } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { openSyncWorld } from "./multicontroller_world.ts";

const PREFIX = "multicontroller.example.io";
const MANAGED_BY = "app.kubernetes.io/managed-by";

Deno.test("multicontroller keeps a Secret for a SecretSync", async () => {
  await using world = await openSyncWorld();
  const { namespace, otherNamespace, secretSyncs } = world;
  await world.startControllers();
  const stringData = { username: "app-user", password: "pässword" };
  const { metadata } = await world.createSecretSync("db", { stringData });

  const sync = await world.untilReady(secretSyncs, "db");
  assertEquals(sync.metadata.finalizers, [`${PREFIX}/secretsync-cleanup`]);
  assertEquals(sync.metadata.labels, {
    [`${PREFIX}/synced-to`]: otherNamespace,
  });
  const message = `Secret 'ss-db' synced to namespace '${otherNamespace}'`;
  assertEquals([sync.status?.ready, sync.status?.message], [true, message]);
  assertEquals(sync.status?.conditions?.[0]?.reason, "SecretSynced");
  const secret = await world.secrets.get({
    name: "ss-db",
    namespace: otherNamespace,
  });
  assertEquals([secret?.type, secret?.data], [
    "Opaque",
    { username: btoa("app-user"), password: "cMOkc3N3b3Jk" },
  ]);
  assertEquals(secret?.metadata.labels, {
    [MANAGED_BY]: "multicontroller-secretsync",
    [`${PREFIX}/owner`]: "db",
    [`${PREFIX}/owner-uid`]: metadata.uid,
  });
  assertEquals(secret?.metadata.annotations, {
    [`${PREFIX}/owner`]: `${namespace}/db`,
  });
  const [event, ...others] = await world.events(sync);
  assertEquals([event?.reason, event?.reportingController, event?.action], [
    "SecretCreated",
    "multicontroller-secretsync",
    "Sync",
  ]);
  assertEquals(others, []);
});

Deno.test("multicontroller keeps a ServiceAccount for a ServiceAccountSync", async () => {
  await using world = await openSyncWorld();
  const { namespace, otherNamespace, accountSyncs } = world;
  await world.startControllers();
  await world.createAccountSync("app", { imagePullSecrets: ["regcred"] });

  const sync = await world.untilReady(accountSyncs, "app");
  assertEquals(sync.metadata.finalizers, [
    `${PREFIX}/serviceaccountsync-cleanup`,
  ]);
  assertEquals(sync.status?.conditions?.[0]?.reason, "ServiceAccountSynced");
  const key = { name: "sas-app", namespace: otherNamespace };
  const account = await world.accounts.get(key);
  assertEquals(account?.automountServiceAccountToken, false);
  assertEquals(account?.imagePullSecrets, [{ name: "regcred" }]);
  assertEquals(
    account?.metadata.labels?.[MANAGED_BY],
    "multicontroller-serviceaccountsync",
  );
  const reasons = (await world.events(sync)).map(({ reason }) => reason);
  assertEquals(reasons, ["ServiceAccountCreated"]);

  const spec = { automountToken: true, imagePullSecrets: [] };
  await accountSyncs.patch({ name: "app", namespace }, mergePatch({ spec }));
  await world.untilReady(accountSyncs, "app");
  const changed = await world.accounts.get(key);
  assertEquals(changed?.automountServiceAccountToken, true);
  assertEquals(changed?.imagePullSecrets, undefined);
});

Deno.test("20.22 multicontroller takes keys that left a SecretSync out of its Secret", async () => {
  await using world = await openSyncWorld();
  const { namespace, otherNamespace, secretSyncs } = world;
  await world.startControllers();
  await world.createSecretSync("db", { stringData: { old: "1", kept: "2" } });
  await world.untilReady(secretSyncs, "db");

  await secretSyncs.patch(
    { name: "db", namespace },
    mergePatch({ spec: { stringData: { old: null } } }),
  );
  await world.untilReady(secretSyncs, "db");
  const secret = await world.secrets.get({
    name: "ss-db",
    namespace: otherNamespace,
  });
  assertEquals(secret?.data, { kept: btoa("2") });
});

Deno.test("20.22 multicontroller corrects and restores both copies at once", async () => {
  await using world = await openSyncWorld();
  const { otherNamespace: namespace, secretSyncs, accountSyncs } = world;
  await world.startControllers();
  await world.createSecretSync("db", { stringData: { a: "1" } });
  await world.createAccountSync("app");
  await world.untilReady(secretSyncs, "db");
  await world.untilReady(accountSyncs, "app");

  await world.secrets.patch(
    { name: "ss-db", namespace },
    mergePatch({ data: { a: btoa("2") } }),
  );
  await world.untilChild(
    world.secrets,
    "ss-db",
    (secret) => secret?.data?.a === btoa("1"),
  );
  const key = { name: "sas-app", namespace };
  const before = await world.accounts.get(key);
  await world.accounts.delete(key);
  await world.untilChild(
    world.accounts,
    "sas-app",
    (account) =>
      account !== undefined && account.metadata.uid !== before?.metadata.uid,
  );
});

Deno.test("20.1 multicontroller leaves the children of others, and follows its own into another namespace", async () => {
  await using world = await openSyncWorld();
  const { namespace, otherNamespace, secretSyncs, accountSyncs } = world;
  await world.startControllers();
  for (const name of ["one", "two"]) {
    await world.createSecretSync(name, { stringData: { name } });
    await world.untilReady(secretSyncs, name);
  }
  await world.createAccountSync("one");
  await world.untilReady(accountSyncs, "one");

  const key = { name: "one", namespace };
  const spec = { targetNamespace: namespace };
  await secretSyncs.patch(key, mergePatch({ spec }));
  await world.untilReady(secretSyncs, "one");
  assertEquals(await world.secrets.exists({ name: "ss-one", namespace }), true);
  const old = { name: "ss-one", namespace: otherNamespace };
  assertEquals(await world.secrets.exists(old), false);

  await secretSyncs.delete(key);
  await waitFor(secretSyncs, key, { condition: (sync) => sync === undefined });
  assertEquals(
    await world.secrets.exists({ name: "ss-one", namespace }),
    false,
  );
  const two = { name: "ss-two", namespace: otherNamespace };
  assertEquals(await world.secrets.exists(two), true);
  const account = { name: "sas-one", namespace: otherNamespace };
  assertEquals(await world.accounts.exists(account), true);
});

Deno.test("20.22 multicontroller keeps nothing in namespaces of the cluster itself", async () => {
  await using world = await openSyncWorld();
  const { secretSyncs } = world;
  await world.startControllers();
  const name = `db-${world.namespace}`;
  const targetNamespace = "kube-system";
  await world.createSecretSync(name, { targetNamespace });
  const reason = "NamespaceReserved";
  const sync = await world.untilReady(secretSyncs, name, {
    status: "False",
    reason,
  });
  const reasons = (await world.events(sync)).map(({ reason }) => reason);
  assertEquals(reasons, [reason]);
  const key = { name: `ss-${name}`, namespace: targetNamespace };
  assertEquals(await world.secrets.exists(key), false);
});

Deno.test("20.6 multicontroller goes on with one kind while the other fails", async () => {
  await using world = await openSyncWorld();
  const { secretSyncs, accountSyncs } = world;
  await world.startControllers();
  const targetNamespace = `missing-${crypto.randomUUID().slice(0, 8)}`;
  await world.createSecretSync("db", { targetNamespace });
  const reason = "NamespaceNotFound";
  await world.untilReady(secretSyncs, "db", { status: "False", reason });
  await world.createAccountSync("app");
  await world.untilReady(accountSyncs, "app");
  await world.createSecretSync("other", { stringData: { a: "1" } });
  await world.untilReady(secretSyncs, "other");
});
