import type { Condition } from "../kind/object.ts";
import { type Clock, systemClock } from "../timing/clock.ts";

/** A condition to set; the time may be left out. */
export interface NewCondition extends Omit<Condition, "lastTransitionTime"> {
  /**
   * When `status` changed, in RFC 3339; ignored when it did not change.
   *
   * @default {now}
   */
  readonly lastTransitionTime?: string | undefined;
}

/** Options of {@linkcode setCondition}. */
export interface SetConditionOptions {
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Sets the condition of one type, and leaves the others as they are.
 *
 * `lastTransitionTime` moves only when `status` changes, as in apimachinery's
 * `meta.SetStatusCondition`. If nothing changes, the very same list returns,
 * and applying the status sends nothing.
 *
 * @example Say that an object is ready
 * ```ts
 * import { getCondition, setCondition } from "@koprs/koprs/core";
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 *
 * const ready = {
 *   type: "Ready",
 *   status: "True",
 *   reason: "Synced",
 *   message: "ConfigMap is up to date",
 * } as const;
 * const conditions = setCondition(undefined, ready);
 * assertEquals(getCondition(conditions, "Ready")?.reason, "Synced");
 * assertStrictEquals(setCondition(conditions, ready), conditions);
 * ```
 *
 * @param conditions The conditions so far.
 * @param next The condition.
 * @param options Whose time counts.
 * @returns The conditions, in the same order; a new type comes last.
 * @throws {TypeError} If a member of the condition is not one that the API
 * server accepts.
 */
export function setCondition(
  conditions: readonly Condition[] | undefined,
  next: NewCondition,
  options?: SetConditionOptions,
): readonly Condition[] {
  check(next);
  const old = getCondition(conditions, next.type);
  const lastTransitionTime = old?.status === next.status
    ? old.lastTransitionTime
    : next.lastTransitionTime ?? timestamp(options?.clock);
  const condition = { ...next, lastTransitionTime };
  if (conditions === undefined || old === undefined) {
    return [...conditions ?? [], condition];
  }
  return isSame(old, condition)
    ? conditions
    : conditions.map((item) => item === old ? condition : item);
}

/**
 * Finds the condition of a type.
 *
 * @example Ask whether an object is ready
 * ```ts
 * import { getCondition } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(getCondition(undefined, "Ready"), undefined);
 * ```
 *
 * @param conditions The conditions.
 * @param type The type.
 * @returns The condition, or `undefined`.
 */
export function getCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** Catches what types cannot, and what JSON lets through. */
function check(
  { type, status, reason, lastTransitionTime }: NewCondition,
): void {
  const fault = !type
    ? "type is empty"
    : !["True", "False", "Unknown"].includes(status)
    ? `status is ${JSON.stringify(status)}, not "True", "False" or "Unknown"`
    : !/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/.test(reason)
    ? `reason ${JSON.stringify(reason)} is not one CamelCase word`
    : lastTransitionTime !== undefined && isNaN(Date.parse(lastTransitionTime))
    ? `lastTransitionTime ${JSON.stringify(lastTransitionTime)} is not a time`
    : undefined;
  if (fault !== undefined) {
    throw new TypeError(`Cannot set condition "${type}": ${fault}`);
  }
}

/** Now, in whole seconds, as Kubernetes writes it. */
function timestamp(clock: Clock = systemClock): string {
  return clock.date().toISOString().replace(/\.\d+Z$/, "Z");
}

function isSame(a: Condition, b: Condition): boolean {
  return a.status === b.status && a.reason === b.reason &&
    a.message === b.message && a.observedGeneration === b.observedGeneration;
}
