import { Secret } from "@koprs/koprs/builtin";
import type { Client, Controller, ControllerOptions } from "@koprs/koprs/core";
import { SecretSync } from "./secret_sync.ts";
import { syncController } from "./sync_controller.ts";

/** Field manager, reporting controller and label of the Secrets. */
export const SECRETS = "multicontroller-secretsync";

/**
 * Keeps a Secret in the target namespace of each SecretSync.
 *
 * The Secret is applied as `data`. What is applied as `stringData` is merged
 * into `data` by the API server without an owner, so that a key which left the
 * SecretSync would stay.
 *
 * @param client Who talks to the API server, as field manager `SECRETS`.
 * @param options Concurrency and the like.
 * @returns The controller.
 */
export function secretSyncController(
  client: Client,
  options: ControllerOptions<SecretSync> = {},
): Controller<SecretSync> {
  const syncs = client.resource(SecretSync);
  return syncController(client, {
    operator: SECRETS,
    syncs,
    children: client.resource(Secret),
    prefix: "ss",
    childOf: ({ spec }, metadata) => ({
      metadata,
      type: "Opaque",
      data: Object.fromEntries(
        Object.entries(spec.stringData).map((
          [key, text],
        ) => [key, base64(text)]),
      ),
    }),
    applyStatus: ({ metadata }, { status, signal }) =>
      syncs.applyStatus({ metadata, status }, { signal }),
  }, options);
}

function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}
