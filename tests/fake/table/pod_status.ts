import type { JsonObject } from "../schema/type_schema.ts";
import { valueAt } from "../object/field_path.ts";
import { numberAt, objectsAt, textAt } from "./read_cell.ts";

/** What a table says of the containers of a pod. */
export interface PodStatus {
  /** Why the pod is as it is, e.g. `Running` or `Init:0/1`. */
  readonly reason: string;
  /** How many containers are ready. */
  readonly ready: number;
  /** How many containers stay. */
  readonly total: number;
  /** How often containers were started again. */
  readonly restarts: number;
  /** When that was last; empty if never. */
  readonly restartedAt: string;
}

interface Restarts {
  readonly count: number;
  readonly at: string;
}

/**
 * Sums up the state of a pod, as `printPod` of Kubernetes.
 *
 * @param pod The pod.
 * @returns The summary.
 */
export function podStatus(pod: JsonObject): PodStatus {
  const phase = textAt(pod, "status.phase");
  const conditions = objectsAt(pod, "status.conditions");
  const isGated = conditions.some(({ type, reason }) =>
    type === "PodScheduled" && reason === "SchedulingGated"
  );
  const initial = initStatus(pod);
  let reason = isGated
    ? "SchedulingGated"
    : textAt(pod, "status.reason") || phase;
  let { restarts } = initial;
  let ready = initial.ready;
  if (initial.reason !== undefined) reason = initial.reason;
  if (initial.reason === undefined || has(conditions, "Initialized")) {
    const main = mainStatus(pod, reason);
    ({ reason } = main);
    ready += main.ready;
    restarts = sum([initial.sidecarRestarts, ...main.restarts]);
  }
  if (textAt(pod, "metadata.deletionTimestamp") !== "") {
    const isDone = phase === "Succeeded" || phase === "Failed";
    if (textAt(pod, "status.reason") === "NodeLost") reason = "Unknown";
    else if (!isDone) reason = "Terminating";
  }
  const total = objectsAt(pod, "spec.containers").length +
    objectsAt(pod, "spec.initContainers").filter(isSidecar).length;
  return {
    reason,
    ready,
    total,
    restarts: restarts.count,
    restartedAt: restarts.at,
  };
}

interface InitStatus {
  /** Why the pod has not started; `undefined` if it has. */
  readonly reason: string | undefined;
  readonly ready: number;
  readonly restarts: Restarts;
  readonly sidecarRestarts: Restarts;
}

function initStatus(pod: JsonObject): InitStatus {
  const containers = objectsAt(pod, "spec.initContainers");
  const all: Restarts[] = [];
  const ofSidecars: Restarts[] = [];
  let ready = 0;
  let reason: string | undefined;
  for (
    const [index, status] of objectsAt(pod, "status.initContainerStatuses")
      .entries()
  ) {
    const container = containers.find(({ name }) => name === status.name);
    const sidecar = container !== undefined && isSidecar(container);
    all.push(restartsOf(status));
    if (sidecar) ofSidecars.push(restartsOf(status));
    const ended = valueAt(status, ["state", "terminated"]);
    if (ended !== undefined && numberAt(ended, "exitCode") === 0) continue;
    if (sidecar && status.started === true) {
      if (status.ready === true) ready++;
      continue;
    }
    const waiting = textAt(status, "state.waiting.reason");
    if (ended !== undefined) reason = `Init:${endText(ended)}`;
    else if (waiting !== "" && waiting !== "PodInitializing") {
      reason = `Init:${waiting}`;
    } else reason = `Init:${index}/${containers.length}`;
    break;
  }
  return {
    reason,
    ready,
    restarts: sum(all),
    sidecarRestarts: sum(ofSidecars),
  };
}

function mainStatus(
  pod: JsonObject,
  before: string,
): {
  readonly reason: string;
  readonly ready: number;
  readonly restarts: readonly Restarts[];
} {
  const statuses = objectsAt(pod, "status.containerStatuses");
  let reason = before;
  let failure = "";
  let ready = 0;
  for (const status of statuses.toReversed()) {
    const waiting = textAt(status, "state.waiting.reason");
    const ended = valueAt(status, ["state", "terminated"]);
    if (waiting !== "") reason = waiting;
    else if (ended !== undefined) {
      reason = endText(ended);
      if (numberAt(ended, "exitCode") !== 0) failure = reason;
    } else if (
      status.ready === true &&
      valueAt(status, ["state", "running"]) !== undefined
    ) ready++;
  }
  if (reason === "Completed") {
    const isReady = has(objectsAt(pod, "status.conditions"), "Ready");
    if (ready > 0 && isReady) reason = "Running";
    else if (failure !== "") reason = failure;
    else if (ready > 0) reason = "NotReady";
  }
  return { reason, ready, restarts: statuses.map(restartsOf) };
}

function endText(ended: unknown): string {
  const reason = textAt(ended, "reason");
  if (reason !== "") return reason;
  const signal = numberAt(ended, "signal");
  return signal === 0
    ? `ExitCode:${numberAt(ended, "exitCode")}`
    : `Signal:${signal}`;
}

function isSidecar({ restartPolicy }: JsonObject): boolean {
  return restartPolicy === "Always";
}

function has(conditions: readonly JsonObject[], wanted: string): boolean {
  return conditions.some(({ type, status }) =>
    type === wanted && status === "True"
  );
}

function restartsOf(status: JsonObject): Restarts {
  const at = textAt(status, "lastState.terminated.finishedAt");
  return { count: numberAt(status, "restartCount"), at };
}

function sum(restarts: readonly Restarts[]): Restarts {
  let count = 0;
  let at = "";
  for (const one of restarts) {
    count += one.count;
    if (one.at > at) at = one.at;
  }
  return { count, at };
}
