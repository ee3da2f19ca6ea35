import { ServiceAccount } from "@koprs/koprs/builtin";
import type { Client, Controller, ControllerOptions } from "@koprs/koprs/core";
import { ServiceAccountSync } from "./service_account_sync.ts";
import { syncController } from "./sync_controller.ts";

/** Field manager, reporting controller and label of the ServiceAccounts. */
export const SERVICE_ACCOUNTS = "multicontroller-serviceaccountsync";

/**
 * Keeps a ServiceAccount in the target namespace of each ServiceAccountSync.
 *
 * @param client Who talks to the API server, as field manager
 * `SERVICE_ACCOUNTS`.
 * @param options Concurrency and the like.
 * @returns The controller.
 */
export function serviceAccountSyncController(
  client: Client,
  options: ControllerOptions<ServiceAccountSync> = {},
): Controller<ServiceAccountSync> {
  const syncs = client.resource(ServiceAccountSync);
  return syncController(client, {
    operator: SERVICE_ACCOUNTS,
    syncs,
    children: client.resource(ServiceAccount),
    prefix: "sas",
    childOf: ({ spec: { automountToken, imagePullSecrets } }, metadata) => ({
      metadata,
      automountServiceAccountToken: automountToken,
      ...(imagePullSecrets.length > 0
        ? { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }
        : {}),
    }),
    applyStatus: ({ metadata }, { status, signal }) =>
      syncs.applyStatus({ metadata, status }, { signal }),
  }, options);
}
