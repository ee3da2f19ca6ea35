import * as builtin from "@koprs/koprs/builtin";
import type { Client, Kind } from "@koprs/koprs/core";
import type { ManifestObject } from "./example_files.ts";

const KINDS: readonly Kind[] = Object.values(builtin);

/**
 * Applies objects of built-in kinds, as `kubectl apply` does.
 *
 * @param client Who applies them.
 * @param objects The objects, in order.
 * @returns Those that were not there before.
 */
export async function applyObjects(
  client: Client,
  objects: readonly ManifestObject[],
): Promise<ManifestObject[]> {
  const made: ManifestObject[] = [];
  for (const object of objects) {
    const resource = client.resource(kindOf(object));
    if (!await resource.exists(object.metadata)) made.push(object);
    await resource.apply(object, { force: true });
  }
  return made;
}

/**
 * Deletes objects of built-in kinds, as `kubectl delete` does.
 *
 * @param client Who deletes them.
 * @param objects The objects, in the order in which they were applied.
 */
export async function deleteObjects(
  client: Client,
  objects: readonly ManifestObject[],
): Promise<void> {
  for (const object of objects.toReversed()) {
    await client.resource(kindOf(object)).delete(object.metadata);
  }
}

function kindOf(object: ManifestObject): Kind {
  const found = KINDS.find(({ apiVersion, kind }) =>
    apiVersion === object.apiVersion && kind === object.kind
  );
  if (found === undefined) throw new Error(`${object.kind} is not built in`);
  return found;
}
