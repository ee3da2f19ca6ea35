import type { Clock } from "../../core/timing/clock.ts";
import type { AccessControl } from "./access/access_control.ts";
import type { FaultRules } from "./faults/fault_rules.ts";
import type { PodRuntime } from "./kubelet/pod_runtime.ts";
import type { RandomSource } from "./random_source.ts";
import type { ResourceTable } from "./resource/resource_table.ts";
import type { ObjectStore } from "./store/object_store.ts";
import type { WebhookTargets } from "./webhook/webhook_target.ts";

/** A watch that can be ended from outside. */
export interface OpenWatch {
  /** Name of the collection it looks at. */
  readonly collection: string;
  /** Ends the stream as a server does that shuts down. */
  end(): void;
  /** Breaks the stream as a network does. */
  drop(): void;
  /** Keeps events back until {@linkcode OpenWatch.resume}. */
  pause?(): void;
  /** Sends what was kept back, and goes on. */
  resume?(): void;
}

/** What all requests of one server share. */
export interface ServerState {
  /** The objects. */
  readonly store: ObjectStore;
  /** What is served. */
  readonly resources: ResourceTable;
  /** Who may do what. */
  readonly access: AccessControl;
  /** What goes wrong. */
  readonly faults: FaultRules;
  /** Where uids come from. */
  readonly random: RandomSource;
  /** The time. */
  readonly clock: Clock;
  /** Time between bookmarks of a watch, in milliseconds. */
  readonly bookmarkInterval: number;
  /** The open watches. */
  readonly watches: Set<OpenWatch>;
  /** Answers that go on, as those of watches. */
  readonly streams: WeakSet<Response>;
  /** Runs the Pods. */
  readonly kubelet: PodRuntime;
  /** What answers webhooks, where not their own URLs do. */
  readonly webhooks: WebhookTargets;
  /** The open WebSockets; each resolves when it is closed. */
  readonly sockets: Set<Promise<void>>;
  /** Aborted when the server goes. */
  readonly signal: AbortSignal;
}

/**
 * Writes the present as timestamps of objects hold it.
 *
 * @param state Knows the time.
 * @returns RFC 3339 with seconds, in UTC.
 */
export function timestamp({ clock }: Pick<ServerState, "clock">): string {
  const second = Math.floor(clock.date().getTime() / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = new Date(second * 1000).toISOString().replace(".000Z", "Z");
  }
  return lastText;
}

// One text a second, shared by all objects of that second.
let lastSecond = NaN;
let lastText = "";
