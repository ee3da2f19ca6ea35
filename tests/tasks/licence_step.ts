import { packageLicences, refusedLicences } from "./licences.ts";
import type { StepResult } from "./step.ts";

/**
 * Checks that every package that the lock file names is under a permissive
 * licence; `deno task licences` prints them all.
 *
 * @returns A warning when some packages are not in Deno's cache.
 */
export async function licenceStep(): Promise<StepResult> {
  const packages = await packageLicences();
  const refused = refusedLicences(packages);
  if (refused.length > 0) {
    const note = refused.map(({ name, licence }) => `${name} is ${licence}`);
    return { outcome: "failed", note: note.join(", ") };
  }
  const counts = Map.groupBy(packages, ({ licence }) => licence);
  const note = [...counts]
    .filter(([licence]) => licence !== undefined)
    .map(([licence, { length }]) => `${length} ${licence}`)
    .join(", ");
  const missing = counts.get(undefined)?.length ?? 0;
  return missing === 0
    ? { outcome: "ok", note }
    : { outcome: "warning", note: `${note}; ${missing} not in the cache` };
}
