import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Drops owner references that occur twice.
 *
 * @param object The object.
 * @param warnings Gets a warning if there are any.
 * @returns The object with each owner once.
 */
export function dedupedOwners(
  object: JsonObject,
  warnings: string[],
): JsonObject {
  const { ownerReferences = [] } = metadataOf(object);
  if (ownerReferences.length < 2) return object;
  const seen = new Set<string>();
  const twice = new Set<string>();
  const unique = ownerReferences.filter((owner) => {
    const text = JSON.stringify(owner);
    if (seen.has(text)) twice.add(owner.uid);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
  if (twice.size === 0) return object;
  warnings.push(
    `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${
      [...twice].join(", ")
    }`,
  );
  return withMetadata(object, { ownerReferences: unique });
}
