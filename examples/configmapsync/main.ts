import { Client, type Controller, loadConfig, run } from "@koprs/koprs/core";
import { OPERATOR } from "./child.ts";
import { configMapSyncController } from "./controller.ts";
import type { ConfigMapSync } from "./kind.ts";
import { readFlags } from "./flags.ts";

/**
 * Runs the operator until SIGTERM or SIGINT.
 *
 * Reads `KUBECONFIG`, the service account of a pod, or `~/.kube/config`.
 */
async function main(): Promise<void> {
  const { concurrency, healthPort, metricsPort, namespace } = readFlags(
    Deno.args,
  );
  await using client = new Client(await loadConfig(), {
    fieldManager: OPERATOR,
  });
  const controller: Controller<ConfigMapSync> = configMapSyncController(
    client,
    { concurrency, namespace },
  );
  await run([controller], {
    ...(healthPort > 0 ? { probes: { port: healthPort } } : {}),
    ...(metricsPort > 0 ? { metrics: { port: metricsPort } } : {}),
  });
}

if (import.meta.main) await main();
