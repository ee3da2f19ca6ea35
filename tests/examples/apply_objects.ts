import * as builtin from "@koprs/koprs/builtin";
import type { Client, Kind } from "@koprs/koprs/core";
import type { ManifestObject } from "./example_files.ts";

const KINDS: readonly Kind[] = Object.values(builtin);

/**
 * Applies objects of built-in kinds, as `kubectl apply` does.
 *
 * @param client Who applies them.
 * @param objects The objects, in order.
 */
export async function applyObjects(
  client: Client,
  objects: readonly ManifestObject[],
): Promise<void> {
  for (const object of objects) {
    const kind = KINDS.find(({ apiVersion, kind }) =>
      apiVersion === object.apiVersion && kind === object.kind
    );
    if (kind === undefined) throw new Error(`${object.kind} is not built in`);
    await client.resource(kind).apply(object, { force: true });
  }
}
