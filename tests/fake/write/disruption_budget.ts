import { STATUS_CODE } from "@std/http";
import type { RequestContext } from "../http/request_context.ts";
import { StatusError } from "../http/status_error.ts";
import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { selectsLabels } from "../selector/object_selector.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { timestamp } from "../server_state.ts";

const BUDGETS = "policy/poddisruptionbudgets";

/** A pod that is to be evicted. */
export interface PodEviction {
  /** The pod. */
  readonly pod: JsonObject;
  /** Whether nothing is stored. */
  readonly dryRun: boolean;
}

/**
 * Takes an eviction off the disruption budget of a pod, if it has one.
 *
 * @param context The request.
 * @param eviction The pod, and whether it is only checked.
 * @throws {StatusError} 429 if the budget is spent, 500 if there are several.
 */
export function spendBudget(
  { state }: RequestContext,
  { pod, dryRun }: PodEviction,
): void {
  const { name = "", namespace = "" } = metadataOf(pod);
  const [budget, other] = [
    ...state.store.collection(BUDGETS).values(`${namespace}/`),
  ].filter(({ object }) => selects(object, pod));
  if (budget === undefined) return;
  if (other !== undefined) {
    throw new StatusError(
      "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
      { code: STATUS_CODE.InternalServerError },
    );
  }
  const status = isObject(budget.object.status) ? budget.object.status : {};
  if (!isReady(pod) && isSpared(budget.object, status)) return;
  check(budget, status);
  if (dryRun) return;
  const disrupted = isObject(status.disruptedPods) ? status.disruptedPods : {};
  state.store.put({ collection: BUDGETS, key: budget.key }, {
    ...budget.object,
    status: {
      ...status,
      disruptionsAllowed: Number(status.disruptionsAllowed) - 1,
      disruptedPods: { ...disrupted, [name]: timestamp(state) },
    },
  });
}

/** A pod that is not ready is not missed while enough others are. */
function isSpared(budget: JsonObject, status: JsonObject): boolean {
  const policy = valueAt(budget, ["spec", "unhealthyPodEvictionPolicy"]);
  const healthy = Number(status.currentHealthy ?? 0);
  const desired = Number(status.desiredHealthy ?? 0);
  return policy === "AlwaysAllow" || desired > 0 && healthy >= desired;
}

function check({ object }: StoredObject, status: JsonObject): void {
  const { name = "", generation = 0 } = metadataOf(object);
  if (Number(status.observedGeneration ?? 0) < generation) {
    throw tooMany({
      message:
        `The disruption budget ${name} is still being processed by the server.`,
      retryAfterSeconds: 10,
    });
  }
  if (Number(status.disruptionsAllowed ?? 0) > 0) return;
  const { desiredHealthy = 0, currentHealthy = 0 } = status;
  throw tooMany({
    message:
      `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    retryAfterSeconds: 0,
  });
}

function tooMany(
  options: { readonly message: string; readonly retryAfterSeconds: number },
): StatusError {
  const { message, retryAfterSeconds } = options;
  return new StatusError(
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      code: STATUS_CODE.TooManyRequests,
      reason: "TooManyRequests",
      details: {
        causes: [{ reason: "DisruptionBudget", message, field: "" }],
        retryAfterSeconds,
      },
    },
  );
}

function isReady(pod: JsonObject): boolean {
  const conditions = valueAt(pod, ["status", "conditions"]);
  return Array.isArray(conditions) &&
    conditions.some((condition) =>
      isObject(condition) && condition.type === "Ready" &&
      condition.status === "True"
    );
}

function selects(budget: JsonObject, pod: JsonObject): boolean {
  const selector = valueAt(budget, ["spec", "selector"]);
  if (!isObject(selector)) return false;
  return selectsLabels(selector, metadataOf(pod).labels ?? {});
}
