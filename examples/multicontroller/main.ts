import { Lease } from "@koprs/koprs/builtin";
import { Client, loadConfig, run } from "@koprs/koprs/core";
import { readFlags } from "./flags.ts";
import { SECRETS, secretSyncController } from "./secret_sync_controller.ts";
import {
  SERVICE_ACCOUNTS,
  serviceAccountSyncController,
} from "./service_account_sync_controller.ts";

/** Name of the program. */
const OPERATOR = "multicontroller-operator";

/**
 * Runs both controllers until SIGTERM or SIGINT, with one server for probes,
 * one for metrics and one Lease.
 *
 * A kind whose definition is not there yet is looked for, and keeps nothing
 * else waiting. If the Lease is lost, both stop and the program ends with an
 * error, to be started again: it never goes on with one of them alone.
 *
 * Reads `KUBECONFIG`, the service account of a pod, or `~/.kube/config`. With
 * `--leader-election=true` only one copy works; the Lease is in the namespace
 * `OPERATOR_NAMESPACE`, `POD_NAMESPACE` or `default`.
 */
async function main(): Promise<void> {
  const flags = readFlags(Deno.args);
  const { concurrency, healthPort, metricsPort, namespace } = flags;
  const config = await loadConfig();
  await using client = new Client(config, { fieldManager: OPERATOR });
  await using secrets = new Client(config, { fieldManager: SECRETS });
  await using accounts = new Client(config, { fieldManager: SERVICE_ACCOUNTS });
  const options = { concurrency, namespace, optional: true };
  await run([
    secretSyncController(secrets, options),
    serviceAccountSyncController(accounts, options),
  ], {
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
