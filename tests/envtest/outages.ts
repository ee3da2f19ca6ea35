/**
 * `deno task test:outages`: an informer and the kube-apiserver, which is killed
 * again and again, forgets its history, and changes behind the informer's back.
 *
 * After each round the store must equal a list of the server, and so must what
 * its changes add up to. An argument says how many rounds. Exit code 1 says
 * that something was lost.
 *
 * @module
 */
import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Client,
  Informer,
  loadConfig,
  type ResourceClient,
  start,
} from "@koprs/koprs/core";
import { median } from "../bench/figures.ts";
import { compactEtcd } from "./compact_etcd.ts";
import { startEnvtest } from "./envtest.ts";

/** How long an informer may take until it is right again, in milliseconds. */
const PATIENCE = 60_000;
const NAMESPACE = "default";
const OBJECTS = 50;

type ConfigMaps = ResourceClient<ConfigMap, "Namespaced">;

const rounds = Number(Deno.args[0] ?? 5);
await using envtest = await startEnvtest();
const config = await loadConfig({ kubeconfig: envtest.kubeconfig });
await using operator = new Client(config, { fieldManager: "operator" });
await using person = new Client(config, { fieldManager: "person" });
const configMaps = person.resource(ConfigMap);
const informer = new Informer(operator.resource(ConfigMap), {
  namespace: NAMESPACE,
});
const told = new Map<string, string>();
informer.subscribe(({ type, object }) => {
  const { name, uid } = object.metadata;
  if (type !== "deleted") told.set(name, stateOf(object));
  else if (told.get(name)?.startsWith(uid)) told.delete(name);
});
await using running = start(informer);
await running.ready;

const times: number[] = [];
for (let round = 1; round <= rounds; round++) {
  await change(configMaps, round);
  if (round % 2 === 0) await compactEtcd(envtest.etcdUrl);
  await envtest.restart();
  const ready = performance.now();
  await change(configMaps, -round); // before the informer is back
  await untilEqual(configMaps);
  times.push(performance.now() - ready);
  print(`Round ${round}: right after ${times.at(-1)?.toFixed(0)} ms`);
}
print(
  `${rounds} kills survived; right again after a median of ${
    median(times).toFixed(0)
  } ms, at most ${Math.max(...times).toFixed(0)} ms`,
);

/** Makes some objects, changes some, deletes some, makes some of these anew. */
async function change(resource: ConfigMaps, round: number): Promise<void> {
  for (let n = 0; n < OBJECTS; n++) {
    const key = { name: `outage-${n}`, namespace: NAMESPACE };
    const step = (n + Math.abs(round)) % 4;
    if (step < 2) await resource.delete(key);
    if (step > 0) {
      await resource.apply({ metadata: key, data: { round: `${round}` } });
    }
  }
}

async function untilEqual(resource: ConfigMaps): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const expected = new Map<string, string>();
    for await (const object of resource.list({ namespace: NAMESPACE })) {
      expected.set(object.metadata.name, stateOf(object));
    }
    const held = new Map(
      informer.store.list().map((object) => [
        object.metadata.name,
        stateOf(object),
      ]),
    );
    if (isEqual(held, expected) && isEqual(told, expected)) return;
    if (performance.now() > end) {
      throw new Error("The informer differs from the API server");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isEqual(
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): boolean {
  return a.size === b.size &&
    [...a].every(([key, value]) => b.get(key) === value);
}

function stateOf({ metadata }: ConfigMap): string {
  return `${metadata.uid}@${metadata.resourceVersion}`;
}

function print(line: string): void {
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(line);
}
