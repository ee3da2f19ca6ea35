/**
 * A program on `@kubernetes/client-node`: lists, creates, patches in all ways,
 * watches, follows an informer, runs a command and reads a log. It expects a
 * Pod `app` in the namespace `default` whose container says what it is told.
 */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import * as k8s from "@kubernetes/client-node";

const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const custom = config.makeApiClient(k8s.CustomObjectsApi);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const namespace = "default";
const name = "cm";
const at = { name, namespace };

/** Does a step, and says so. */
async function step(what, act) {
  await act();
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(`ok ${what}`);
}

/** Waits for a promise, but not forever. */
async function soon(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what}`)), 20_000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function patched(body, strategy, more = {}) {
  const options = k8s.setHeaderOptions("Content-Type", strategy);
  return core.patchNamespacedConfigMap({ ...at, body, ...more }, options);
}

await step("create", async () => {
  const body = { metadata: { name, labels: { app: "x" } }, data: { a: "1" } };
  const made = await core.createNamespacedConfigMap({ namespace, body });
  assert.ok(made.metadata.creationTimestamp instanceof Date);
});

await step("create again fails", async () => {
  const body = { metadata: { name } };
  const failure = await core.createNamespacedConfigMap({ namespace, body })
    .catch((error) => error);
  assert.equal(failure.code, 409);
});

await step("list in pages", async () => {
  for (const other of ["a", "b", "c"]) {
    const body = { metadata: { name: other } };
    await core.createNamespacedConfigMap({ namespace, body });
  }
  const names = [];
  let _continue;
  do {
    const page = await core.listNamespacedConfigMap({
      namespace,
      limit: 2,
      _continue,
    });
    names.push(...page.items.map(({ metadata }) => metadata.name));
    _continue = page.metadata._continue;
  } while (_continue);
  assert.deepEqual(names, ["a", "b", "c", name]);
});

await step("patch by JSON Patch", async () => {
  const body = [{ op: "replace", path: "/data/a", value: "2" }];
  assert.equal((await patched(body, k8s.PatchStrategy.JsonPatch)).data.a, "2");
});

await step("patch by merge patch", async () => {
  const { data } = await patched(
    { data: { b: "1" } },
    k8s.PatchStrategy.MergePatch,
  );
  assert.deepEqual(data, { a: "2", b: "1" });
});

await step("patch by strategic merge patch", async () => {
  const { metadata } = await patched(
    { metadata: { labels: { tier: "y" } } },
    k8s.PatchStrategy.StrategicMergePatch,
  );
  assert.deepEqual(metadata.labels, { app: "x", tier: "y" });
});

await step("apply on the server side", async () => {
  const body = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name },
    data: { c: "3" },
  };
  const options = { fieldManager: "program", force: true };
  const applied = await patched(
    body,
    k8s.PatchStrategy.ServerSideApply,
    options,
  );
  assert.ok(
    applied.metadata.managedFields.some(({ manager, operation }) =>
      manager === "program" && operation === "Apply"
    ),
  );
});

await step("custom objects", async () => {
  const group = "test.koprs.dev";
  const of = { group, version: "v1", namespace, plural: "widgets" };
  const body = {
    apiVersion: `${group}/v1`,
    kind: "Widget",
    metadata: { name: "w" },
    spec: { size: 1 },
  };
  await custom.createNamespacedCustomObject({ ...of, body });
  const { items } = await custom.listNamespacedCustomObject(of);
  assert.equal(items.length, 1);
  const { kind, apiVersion } = body;
  const read = await objects.read({
    kind,
    apiVersion,
    metadata: { ...at, name: "w" },
  });
  assert.equal(read.spec.size, 1);
  await objects.delete(read);
});

await step("watch", async () => {
  const { metadata } = await core.listNamespacedConfigMap({ namespace });
  const seen = [];
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const { resourceVersion } = metadata;
  const query = { resourceVersion, allowWatchBookmarks: true };
  const ended = deferred();
  const request = await new k8s.Watch(config).watch(
    path,
    query,
    (phase, { metadata: { name } }) => {
      seen.push(`${phase} ${name}`);
      if (phase === "DELETED") ended.resolve();
    },
    (error) => error && ended.reject(error),
  );
  await core.createNamespacedConfigMap({
    namespace,
    body: { metadata: { name: "seen" } },
  });
  await core.deleteNamespacedConfigMap({ name: "seen", namespace });
  await soon(ended.promise, "end of the watch");
  request.abort();
  assert.deepEqual(seen, ["ADDED seen", "DELETED seen"]);
});

await step("informer", async () => {
  const list = () => core.listNamespacedConfigMap({ namespace });
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const informer = k8s.makeInformer(config, path, list);
  const changed = deferred();
  informer.on("update", (object) => {
    if (object.data?.a === "9") changed.resolve();
  });
  informer.on("error", (error) => changed.reject(error));
  await informer.start();
  await patched({ data: { a: "9" } }, k8s.PatchStrategy.MergePatch);
  await soon(changed.promise, "update");
  assert.equal(informer.get(name, namespace)?.data.a, "9");
  await informer.stop();
});

await step("exec", async () => {
  const output = new PassThrough();
  const text = new Response(output).text();
  const status = deferred();
  await new k8s.Exec(config).exec(
    namespace,
    "app",
    "main",
    ["say", "hello"],
    output,
    null,
    null,
    false,
    status.resolve,
  );
  assert.equal((await soon(status.promise, "status")).status, "Success");
  output.end();
  assert.equal(await text, "hello\n");
});

await step("log", async () => {
  const output = new PassThrough();
  const text = new Response(output).text();
  await new k8s.Log(config).log(namespace, "app", "main", output, {});
  assert.equal(await soon(text, "log"), "started\n");
});

await step("delete", async () => {
  const gone = await core.deleteNamespacedConfigMap(at);
  assert.equal(gone.status, "Success");
});

/** A promise that is settled from outside; Node 20 has no withResolvers(). */
function deferred() {
  const made = {};
  made.promise = new Promise((resolve, reject) => {
    Object.assign(made, { resolve, reject });
  });
  return made;
}
