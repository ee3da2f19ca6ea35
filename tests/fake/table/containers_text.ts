import { objectsAt } from "./read_cell.ts";

/**
 * Writes the containers of a pod.
 *
 * @param pod What has a field `containers`.
 * @param field What to write of each, e.g. `image`.
 * @returns The values, joined.
 */
export function containersText(pod: unknown, field: string): string {
  return objectsAt(pod, "containers").map((of) => String(of[field] ?? ""))
    .join(",");
}
