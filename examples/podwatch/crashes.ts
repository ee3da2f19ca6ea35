import type { Pod } from "@koprs/koprs/builtin";
import { jsonEqual, type ObjectChange } from "@koprs/koprs/core";

/** How a Pod fares. */
export interface Crashes {
  /** How often its containers were restarted. */
  readonly restarts: number;
  /** Whether one of them crashes again and again. */
  readonly isLooping: boolean;
}

/**
 * Reads how a Pod fares.
 *
 * @param pod The Pod.
 * @returns Its crashes.
 */
export function crashesOf({ status }: Pod): Crashes {
  const containers = status?.containerStatuses ?? [];
  return {
    restarts: containers.reduce((sum, one) => sum + one.restartCount, 0),
    isLooping: containers.some(({ state }) =>
      state?.waiting?.reason === "CrashLoopBackOff"
    ),
  };
}

/**
 * Passes the changes of a Pod that a report shows, and not the many others.
 *
 * @param change The change.
 * @returns Whether it passes.
 */
export function crashesChanged({ object, old }: ObjectChange<Pod>): boolean {
  return old === undefined
    ? crashesOf(object).restarts > 0
    : !jsonEqual(crashesOf(object), crashesOf(old));
}

/**
 * Finds the Node that a Pod has crashed on.
 *
 * @param pod The Pod.
 * @returns The name of the Node; nothing if the Pod has never crashed.
 */
export function crashedOn(pod: Pod): string[] {
  const { nodeName } = pod.spec ?? {};
  const { restarts } = crashesOf(pod);
  return nodeName !== undefined && restarts > 0 ? [nodeName] : [];
}
