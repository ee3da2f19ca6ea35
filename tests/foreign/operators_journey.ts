import { assertEquals } from "@std/assert";
import { ConfigMap, Event } from "@koprs/koprs/builtin";
import { Client, loadKubeconfig, mergePatch, waitFor } from "@koprs/koprs/core";
import { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import { type Operator, startOperator } from "../bench/operator_process.ts";
import { type Peer, peerOperator, PEERS } from "../bench/operators.ts";
import { ChildProgram } from "../child_program.ts";
import { UnavailableError } from "../external/store_programs.ts";
import { ifAvailable } from "./foreign_program.ts";

const SERVE = new URL("../fake/serve.ts", import.meta.url);
const FLAGS = [
  "--allow-env",
  "--allow-net=127.0.0.1",
  "--allow-read",
  "--allow-write",
];
const CRD = new URL("../bench/crd.json", import.meta.url).pathname;
const timeout = 30_000;
const namespace = "default";

for (const peer of PEERS) {
  const operator = await ifAvailable(() => find(peer));
  Deno.test({
    name: `the ${peer} operator keeps a ConfigMap for each ConfigMapSync`,
    ignore: operator === undefined,
    fn: async () => operator && await wholeCycle(operator),
  });
}

async function find(peer: Peer): Promise<Operator> {
  try {
    return await peerOperator(peer, 4);
  } catch (error) {
    throw error instanceof Error ? new UnavailableError(error.message) : error;
  }
}

/** Creation, change, repair, cleanup and the end of the operator. */
async function wholeCycle(operator: Operator): Promise<void> {
  const folder = await Deno.makeTempDir();
  await using files = new AsyncDisposableStack();
  files.defer(() => Deno.remove(folder, { recursive: true }));
  const kubeconfig = `${folder}/kubeconfig`;
  const args = ["--crd", CRD, "--kubeconfig", kubeconfig];
  await using serve = new ChildProgram(SERVE, { flags: FLAGS, args });
  await serve.line("http:");
  await using running = startOperator(operator, {
    kubeconfig,
    log: `${folder}/log`,
  });
  const config = await loadKubeconfig([kubeconfig]);
  await using client = new Client(config, { fieldManager: "test" });
  const syncs = client.resource(ConfigMapSync);
  const configMaps = client.resource(ConfigMap);
  const key = { name: "app", namespace };
  const child = { name: "cms-app", namespace };
  const untilData = (color: string) =>
    running.during(waitFor(configMaps, child, {
      condition: (object) => object?.data?.color === color,
      timeout,
    }));

  const spec = { targetNamespace: namespace, data: { color: "blue" } };
  await syncs.create({ metadata: key, spec });
  await untilData("blue");
  await running.during(waitFor(syncs, key, {
    condition: (object) => object?.status?.ready === true,
    timeout,
  }));
  await syncs.patch(key, mergePatch({ spec: { data: { color: "green" } } }));
  await untilData("green");
  await configMaps.delete(child);
  await untilData("green");
  const events = await Array.fromAsync(client.resource(Event).list());
  assertEquals(events[0]?.reason, "ConfigMapSynced");

  await syncs.delete(key);
  await running.during(waitFor(syncs, key, {
    condition: (object) => object === undefined,
    timeout,
  }));
  assertEquals(await configMaps.exists(child), false);
  await running.stop();
}
