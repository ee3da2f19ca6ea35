import { union } from "./field_set.ts";
import { compareText } from "./json_value.ts";
import { type Manager, managerKey, sameManager } from "./managers.ts";

/** How many managers that update, rather than apply, an object keeps. */
const MAX_UPDATE_MANAGERS = 10;

/**
 * Keeps the number of update managers at ten: of the oldest, those of the same
 * version become one named `ancient-changes`.
 *
 * @param managers The managers.
 * @returns The managers, fewer if there were too many.
 */
export function capManagers(managers: readonly Manager[]): readonly Manager[] {
  const updaters = managers.filter(({ operation }) => operation === "Update");
  let excess = updaters.length - MAX_UPDATE_MANAGERS;
  if (excess <= 0) return managers;
  updaters.sort((a, b) =>
    compareText(a.time ?? "", b.time ?? "") ||
    compareText(managerKey(a), managerKey(b))
  );
  let kept = [...managers];
  const firstOf = new Map<string, Manager>();
  for (const updater of updaters) {
    if (excess <= 0) break;
    const first = firstOf.get(updater.apiVersion);
    if (first === undefined) {
      firstOf.set(updater.apiVersion, updater);
      continue;
    }
    const bucket: Omit<Manager, "fields"> = {
      manager: "ancient-changes",
      operation: "Update",
      apiVersion: updater.apiVersion,
    };
    const former = kept.find((entry) => sameManager(entry, bucket)) ?? first;
    const merged: Manager = {
      ...bucket,
      time: updater.time, // The later one.
      fields: union(updater.fields, former.fields),
    };
    kept = kept.filter((entry) => entry !== former && entry !== updater);
    kept.push(merged);
    excess--;
  }
  return kept;
}
