import type { ConfigMap } from "@koprs/koprs/builtin";
import {
  ApiError,
  type EnsureResult,
  type EventRecorder,
  getCondition,
  isNamespaceTerminating,
  isNotFound,
  NameTakenError,
  type ResourceClient,
  setCondition,
} from "@koprs/koprs/core";
import type { ConfigMapSync } from "./kind.ts";

/** What a report is about, and how it is made. */
export interface Report {
  /** Where the status goes. */
  readonly syncs: ResourceClient<ConfigMapSync, "Namespaced">;
  /** Where the event goes. */
  readonly recorder: EventRecorder;
  /** What was reconciled. */
  readonly sync: ConfigMapSync;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Says that the child is as wanted; an event tells what was done to it.
 *
 * @param report What was reconciled, and what was done.
 */
export async function reportSuccess(
  { result: { outcome, object }, ...report }: Report & {
    readonly result: EnsureResult<ConfigMap>;
  },
): Promise<void> {
  const { sync, recorder, signal } = report;
  const { name, namespace } = object.metadata;
  if (outcome !== "unchanged") {
    const { reason, done } = outcome === "created"
      ? { reason: "ConfigMapCreated", done: "created" }
      : sync.status?.observedGeneration === sync.metadata.generation
      ? { reason: "ConfigMapDriftCorrected", done: "corrected" }
      : { reason: "ConfigMapUpdated", done: "updated" };
    await recorder.record(sync, {
      type: "Normal",
      reason,
      action: "Sync",
      note: `ConfigMap '${name}' ${done} in namespace '${namespace}'`,
      signal,
    });
  }
  await applyReady(report, {
    status: "True",
    reason: "ConfigMapSynced",
    message: `ConfigMap '${name}' synced to namespace '${namespace}'`,
  });
}

/**
 * Says why the child is not as wanted; a new reason is worth an event.
 *
 * @param report What was reconciled, and what failed.
 */
export async function reportFailure(
  { error, ...report }: Report & { readonly error: unknown },
): Promise<void> {
  const { sync, recorder, signal } = report;
  if (signal.aborted) return;
  const reason = reasonOf(error);
  const message = error instanceof Error ? error.message : "unknown error";
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

async function applyReady(
  { syncs, sync, signal }: Report,
  ready: {
    readonly status: "True" | "False";
    readonly reason: string;
    readonly message: string;
  },
): Promise<void> {
  const { metadata, status } = sync;
  const observedGeneration = metadata.generation;
  await syncs.applyStatus({
    metadata,
    status: {
      ready: ready.status === "True",
      message: ready.message,
      observedGeneration,
      conditions: setCondition(status?.conditions, {
        type: "Ready",
        ...ready,
        observedGeneration,
      }),
    },
  }, { signal });
}

function reasonOf(error: unknown): string {
  if (error instanceof NameTakenError) return "NameTaken";
  if (isNamespaceTerminating(error)) return "NamespaceTerminating";
  if (isNotFound(error)) return "NamespaceNotFound";
  return error instanceof ApiError
    ? error.reason || "SyncFailed"
    : "SyncFailed";
}
