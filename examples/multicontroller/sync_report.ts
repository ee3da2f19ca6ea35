import {
  type EnsureResult,
  type EventRecorder,
  getCondition,
  type KubeObject,
  setCondition,
} from "@koprs/koprs/core";
import type { Sync } from "./sync.ts";
import type { SyncError } from "./sync_error.ts";
import type { SyncPlan } from "./sync_plan.ts";

/** What a report is about, and how it is made. */
export interface SyncReport<
  T extends Sync,
  C extends KubeObject<"Namespaced">,
> {
  /** How the kind is kept. */
  readonly plan: SyncPlan<T, C>;
  /** Where the event goes. */
  readonly recorder: EventRecorder;
  /** What was reconciled. */
  readonly sync: T;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Says that the copy is as wanted; an event tells what was done to it.
 *
 * @param report What was reconciled, and what was done.
 */
export async function reportSuccess<
  T extends Sync,
  C extends KubeObject<"Namespaced">,
>(
  { result: { outcome, object }, ...report }: SyncReport<T, C> & {
    readonly result: EnsureResult<C>;
  },
): Promise<void> {
  const { plan, sync, recorder, signal } = report;
  const { kind } = plan.children.kind;
  const { name, namespace } = object.metadata;
  if (outcome !== "unchanged") {
    const { word, done } = outcome === "created"
      ? { word: "Created", done: "created" }
      : sync.status?.observedGeneration === sync.metadata.generation
      ? { word: "DriftCorrected", done: "corrected" }
      : { word: "Updated", done: "updated" };
    await recorder.record(sync, {
      type: "Normal",
      reason: `${kind}${word}`,
      action: "Sync",
      note: `${kind} '${name}' ${done} in namespace '${namespace}'`,
      signal,
    });
  }
  await applyReady(report, {
    status: "True",
    reason: `${kind}Synced`,
    message: `${kind} '${name}' synced to namespace '${namespace}'`,
  });
}

/**
 * Says why the copy is not as wanted; a new reason is worth an event.
 *
 * @param report What was reconciled, and what failed.
 */
export async function reportFailure<
  T extends Sync,
  C extends KubeObject<"Namespaced">,
>(
  { error: { reason, message }, ...report }: SyncReport<T, C> & {
    readonly error: SyncError;
  },
): Promise<void> {
  const { sync, recorder, signal } = report;
  const before = getCondition(sync.status?.conditions, "Ready");
  if (before?.status !== "False" || before.reason !== reason) {
    await recorder.record(sync, {
      type: "Warning",
      reason,
      action: "Sync",
      note: message,
      signal,
    });
  }
  try {
    await applyReady(report, { status: "False", reason, message });
  } catch {
    // The failure that led here is told to the controller, and tried again.
  }
}

async function applyReady<T extends Sync, C extends KubeObject<"Namespaced">>(
  { plan, sync, signal }: SyncReport<T, C>,
  ready: {
    readonly status: "True" | "False";
    readonly reason: string;
    readonly message: string;
  },
): Promise<void> {
  const { generation: observedGeneration } = sync.metadata;
  await plan.applyStatus(sync, {
    status: {
      ready: ready.status === "True",
      message: ready.message,
      observedGeneration,
      conditions: setCondition(sync.status?.conditions, {
        type: "Ready",
        ...ready,
        observedGeneration,
      }),
    },
    signal,
  });
}
