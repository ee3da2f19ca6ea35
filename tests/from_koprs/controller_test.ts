import { ConfigMap, Secret } from "@koprs/koprs/builtin";
import {
  Client,
  Controller,
  type ControllerOptions,
  controllerReference,
  ownerFromLabel,
  type Reconciler,
  start,
  watches,
} from "@koprs/koprs/core";
import { assertEquals, assertThrows } from "@std/assert";
import { CallLog } from "../call_log.ts";
import { openWorld } from "../world.ts";

Deno.test("C a closure gives a reconciler its client and its data", async () => {
  const reconciler = <D>(client: Client, data: D): Reconciler<ConfigMap> => {
    return (configMap) => {
      seen.push([client.fieldManager, data, configMap.metadata.name]);
      return Promise.resolve();
    };
  };
  const seen: unknown[] = [];
  await using world = await openWorld();
  const { client } = world;
  const configMaps = client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const app = await configMaps.create({ metadata });
  const context = { signal: new AbortController().signal } as never;
  for (const data of [undefined, 7, "text", { color: "blue" }]) {
    assertEquals(await reconciler(client, data)(app, context), undefined);
  }
  assertEquals(seen, [
    ["tester", undefined, "app"],
    ["tester", 7, "app"],
    ["tester", "text", "app"],
    ["tester", { color: "blue" }, "app"],
  ]);
});

Deno.test("C a failure is tried again by default, and as the error policy says if there is one", async () => {
  for (const errorPolicy of [undefined, () => ({ requeueAfter: 1 })]) {
    await using test = await openController({
      errorPolicy,
      backoff: { initial: 1, jitter: 0 },
    }, (log, { metadata }, attempt) => {
      log.add(`${metadata.name} ${attempt}`);
      if (attempt === 0) throw new Error("not yet");
    });
    await test.create("app", {});
    await test.log.until("app 1");
  }
});

Deno.test("C options narrow the watch together, in whatever order they are written", async () => {
  const all: ControllerOptions<ConfigMap> = {
    labelSelector: "app=web",
    fieldSelector: "metadata.name!=left-out",
    concurrency: 4,
    timeout: 10_000,
  };
  const backwards = Object.fromEntries(Object.entries(all).reverse());
  for (const options of [all, backwards]) {
    await using test = await openController(options);
    await test.create("other", { app: "other" });
    await test.create("left-out", { app: "web" });
    await test.create("app", { app: "web" });
    await test.log.until("app");
    await test.create("last", { app: "web" });
    await test.log.until("last");
    assertEquals(test.log.calls, ["app", "last"]);
  }
});

Deno.test("C owned kinds and watched kinds add up, and all lead to their owner", async () => {
  await using world = await openWorld();
  const { config, namespace } = world;
  await using client = new Client(config, { fieldManager: "my-op" });
  const configMaps = client.resource(ConfigMap);
  const log = new CallLog();
  const controller = new Controller(
    configMaps,
    ({ metadata: { name } }, { reasons }) => {
      log.add(`${name} ${[...reasons]}`);
      return Promise.resolve();
    },
    {
      namespace,
      labelSelector: "role=owner",
      owns: [client.resource(Secret)],
      sources: ["first", "second"].map((label) =>
        watches(configMaps, ownerFromLabel(label), {
          namespace,
          labelSelector: label,
        })
      ),
    },
  );
  await using running = start(controller);
  await running.ready;
  const person = world.client.resource(ConfigMap);
  const owner = await person.create({
    metadata: { name: "app", namespace, labels: { role: "owner" } },
  });
  await log.until("app added");
  const ownerReferences = [controllerReference(owner)];
  await world.client.resource(Secret).create({
    metadata: { name: "owned", namespace, ownerReferences },
  });
  await log.until("app secrets added");
  for (const [index, label] of ["first", "second"].entries()) {
    await person.create({
      metadata: { name: label, namespace, labels: { [label]: "app" } },
    });
    await log.until("app configmaps added", index + 1);
  }
});

Deno.test("C concurrency is one by default, and a number that makes no sense is refused at once", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const reconcile = () => Promise.resolve();
  for (const concurrency of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => new Controller(configMaps, reconcile, { concurrency }),
      RangeError,
    );
  }
  const gate = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  await using test = await openController({}, async (log, { metadata }) => {
    most = Math.max(most, ++running);
    log.add(metadata.name);
    await gate.promise;
    running--;
  });
  for (const name of ["a", "b", "c"]) await test.create(name, {});
  await test.log.until("a");
  gate.resolve();
  for (const name of ["b", "c"]) await test.log.until(name);
  assertEquals(most, 1);
});

/** A controller of the ConfigMaps in a namespace of its own. */
interface ControllerWorld extends AsyncDisposable {
  readonly log: CallLog;
  create(name: string, labels: Readonly<Record<string, string>>): Promise<void>;
}

async function openController(
  options: ControllerOptions<ConfigMap>,
  reconcile = (
    log: CallLog,
    { metadata }: ConfigMap,
    _attempt: number,
  ): unknown => log.add(metadata.name),
): Promise<ControllerWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld());
  const { config, namespace } = world;
  const client = stack.use(new Client(config, { fieldManager: "my-op" }));
  const log = new CallLog();
  const controller = new Controller(
    client.resource(ConfigMap),
    async (object, { attempt }) => void await reconcile(log, object, attempt),
    { namespace, fieldSelector: "metadata.name!=kube-root-ca.crt", ...options },
  );
  await stack.use(start(controller)).ready;
  const owned = stack.move();
  return {
    log,
    create: async (name, labels) => {
      const metadata = { name, namespace, labels };
      await world.client.resource(ConfigMap).create({ metadata });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
