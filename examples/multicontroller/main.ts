import { Client, loadConfig, run } from "@koprs/koprs/core";
import { readFlags } from "../read_flags.ts";
import { RUN_FLAGS, runOptions } from "../run_flags.ts";
import { SECRETS, secretSyncController } from "./secret_sync_controller.ts";
import {
  SERVICE_ACCOUNTS,
  serviceAccountSyncController,
} from "./service_account_sync_controller.ts";

const { concurrency, namespace, ...flags } = readFlags(Deno.args, {
  concurrency: 4,
  namespace: undefined,
  ...RUN_FLAGS,
});
const config = await loadConfig();
await using client = new Client(config, {
  fieldManager: "multicontroller-operator",
});
await using secrets = new Client(config, { fieldManager: SECRETS });
await using accounts = new Client(config, { fieldManager: SERVICE_ACCOUNTS });

// A kind whose definition is not there yet keeps nothing else waiting.
const options = { concurrency, namespace, optional: true };
// They share the probes, the metrics and the Lease: if that is lost, both stop.
await run([
  secretSyncController(secrets, options),
  serviceAccountSyncController(accounts, options),
], runOptions(client, flags));
