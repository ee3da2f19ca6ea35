import { Namespace } from "../builtin/core_v1.ts";
import type { Client } from "../client/client.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import { type Clock, systemClock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { isBeingDeleted } from "./finalizer.ts";

/** How long to wait after a watch that ended too early, in milliseconds. */
const pause = 1_000;

/** Options of {@linkcode ensureNamespace}. */
export interface EnsureNamespaceOptions {
  /**
   * Labels of the namespace.
   *
   * @default {undefined} No labels.
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether to wait for the end of a namespace that is being deleted, and then
   * make it again. That takes as long as it takes: pass a signal.
   *
   * @default {false} It is an error.
   */
  readonly waitForTermination?: boolean | undefined;
  /**
   * Ends the requests and the wait.
   *
   * @default {undefined} Nothing does.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Makes sure that a namespace is there, with some labels.
 *
 * Reads it first, and applies it only if something is missing.
 *
 * @example Make a namespace
 * ```ts
 * import { Client, ensureNamespace } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 *
 * const first = await ensureNamespace(client, "tenants");
 * const second = await ensureNamespace(client, "tenants");
 * assertEquals(second.metadata.uid, first.metadata.uid);
 * ```
 *
 * @param client The client.
 * @param name The name.
 * @param options Labels, whether to wait, signal.
 * @returns The namespace.
 * @throws {Error} If the namespace is being deleted, unless that is waited for.
 * @throws {ApiError} If the API server refuses.
 */
export async function ensureNamespace(
  client: Pick<Client, "resource">,
  name: string,
  options: EnsureNamespaceOptions = {},
): Promise<KubeObject<"Cluster">> {
  const { labels, waitForTermination = false, signal } = options;
  const namespaces = client.resource(Namespace);
  const wanted = { metadata: { name, ...labels && { labels } } };
  for (;;) {
    const live = await namespaces.get({ name }, { signal });
    const hasLabels = Object.entries(labels ?? {})
      .every(([label, value]) => live?.metadata.labels?.[label] === value);
    const current = live !== undefined && hasLabels
      ? live
      : await namespaces.apply(wanted, { signal });
    if (!isBeingDeleted(current)) return current;
    if (!waitForTermination) {
      throw new Error(
        `Cannot ensure Namespace "${name}": it is being deleted`,
      );
    }
    await untilDeleted(namespaces, current, options);
  }
}

/** Waits for a deletion, or for the end of the watch. */
async function untilDeleted(
  namespaces: ResourceClient<Namespace, "Cluster">,
  { metadata }: Namespace,
  { signal, clock = systemClock }: EnsureNamespaceOptions,
): Promise<void> {
  const events = namespaces.watch({
    fieldSelector: `metadata.name=${metadata.name}`,
    resourceVersion: metadata.resourceVersion,
    signal,
  });
  for await (const { type } of events) {
    if (type === "DELETED") return;
    if (type === "ERROR") break;
  }
  await sleep(pause, { signal, clock });
}
