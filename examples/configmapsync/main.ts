import { Lease } from "@koprs/koprs/builtin";
import { Client, type Controller, loadConfig, run } from "@koprs/koprs/core";
import { OPERATOR } from "./child.ts";
import { configMapSyncController } from "./controller.ts";
import type { ConfigMapSync } from "./kind.ts";
import { readFlags } from "./flags.ts";

/**
 * Runs the operator until SIGTERM or SIGINT.
 *
 * Reads `KUBECONFIG`, the service account of a pod, or `~/.kube/config`. With
 * `--leader-election=true` only one copy works; the Lease is in the namespace
 * `OPERATOR_NAMESPACE`, `POD_NAMESPACE` or `default`.
 */
async function main(): Promise<void> {
  const flags = readFlags(Deno.args);
  const { concurrency, healthPort, metricsPort, namespace } = flags;
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
    ...(flags.leaderElection
      ? {
        leaderElection: {
          resource: client.resource(Lease),
          name: `${OPERATOR}-leader`,
          namespace: Deno.env.get("OPERATOR_NAMESPACE") ??
            Deno.env.get("POD_NAMESPACE") ?? "default",
        },
      }
      : {}),
  });
}

if (import.meta.main) await main();
