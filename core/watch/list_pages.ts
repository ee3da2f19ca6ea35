import type { PageOptions } from "../client/request_options.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ReflectorEvent } from "./reflector_event.ts";
import type { ReflectorProgress } from "./reflector_progress.ts";

/** So many pages in a row without a new object, and the server goes round. */
const MAX_BARREN_PAGES = 10;

/**
 * Reads a complete list page by page.
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options Its progress, and what to list.
 * @returns The complete list.
 * @throws {ApiError} If the API server refuses, also in the middle.
 */
export async function listPages<T extends KubeObject>(
  resource: ResourceReader<T>,
  options: PageOptions & { readonly progress: ReflectorProgress<T> },
): Promise<ReflectorEvent<T>> {
  const { progress, ...query } = options;
  progress.startList();
  let resourceVersion: string | undefined;
  let barren = 0;
  for await (const page of resource.pages(query)) {
    // The first is never newer than the others, so that no change is missed.
    resourceVersion ??= page.resourceVersion;
    const before = progress.listed;
    progress.collect(page.items);
    barren = progress.listed === before ? barren + 1 : 0;
    if (barren === MAX_BARREN_PAGES) {
      throw new Error(
        `Cannot list ${kindId(resource.kind)}: the server repeats itself`,
      );
    }
  }
  return progress.complete(resourceVersion);
}
