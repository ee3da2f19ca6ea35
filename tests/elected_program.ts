/**
 * An operator for journeys of leader election and shutdown: each reconcile of
 * the ConfigMap `task` writes a new ConfigMap that tells who wrote it.
 *
 * On SIGUSR2 the next reconcile holds before its write until a second SIGUSR2,
 * and does not heed its signal, as careless reconcilers do.
 *
 * @module
 */
import { ConfigMap, Lease } from "@koprs/koprs/builtin";
import { Client, Controller, loadConfig, run } from "@koprs/koprs/core";

const encoder = new TextEncoder();
const say = (line: string): void => {
  Deno.stdout.writeSync(encoder.encode(`${line}\n`));
};
const setting = (name: string): string => Deno.env.get(name) ?? "";

const namespace = setting("NAMESPACE");
const identity = setting("IDENTITY");
const leaseDuration = Number(setting("LEASE_DURATION"));

let presses = 0;
Deno.addSignalListener("SIGUSR2", () => presses++);

async function hold(): Promise<void> {
  say("holding");
  while (presses < 2) await new Promise((resolve) => setTimeout(resolve, 20));
}

await using client = new Client(await loadConfig(), { fieldManager: identity });
const configMaps = client.resource(ConfigMap);
const controller = new Controller(configMaps, async () => {
  const isHeld = presses > 0;
  if (isHeld) await hold();
  const name = `write-${crypto.randomUUID()}`;
  const labels = { "journey/writer": identity };
  await configMaps.create({ metadata: { name, namespace, labels } })
    .catch((error: Error) => {
      say(`refused: ${error.name}`);
      throw error;
    });
  say(isHeld ? "wrote after holding" : "wrote");
  return { requeueAfter: 20 };
}, { namespace, fieldSelector: "metadata.name=task" });

await run([controller], {
  probes: { hostname: "127.0.0.1", port: 0 },
  gracePeriod: 10_000,
  leaderElection: {
    resource: client.resource(Lease),
    namespace,
    name: "journey",
    identity,
    leaseDuration,
    renewDeadline: leaseDuration * 2 / 3,
    retryPeriod: 300,
  },
});
say("ended");
