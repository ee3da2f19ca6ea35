import type { DeleteOptions } from "./delete_options.ts";

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

/**
 * Adds the finalizer that stands for what becomes of dependents.
 *
 * @param finalizers The finalizers of an object.
 * @param propagation What becomes of its dependents.
 * @returns The finalizers it has then.
 */
export function propagationFinalizers(
  finalizers: readonly string[],
  propagation: DeleteOptions["propagation"],
): readonly string[] {
  if (propagation === undefined) return finalizers;
  const others = finalizers.filter((name) =>
    name !== FOREGROUND && name !== ORPHAN
  );
  if (propagation === "Foreground") return [...others, FOREGROUND];
  return propagation === "Orphan" ? [...others, ORPHAN] : others;
}
