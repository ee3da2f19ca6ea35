import { STATUS_CODE } from "@std/http";
import { equalJson, isObject } from "../merge/json_value.ts";
import { StatusError } from "../http/status_error.ts";
import { internal } from "../http/status_errors.ts";
import { goText, goType } from "../merge/go_value_text.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

/** How {@linkcode mergeLists} merges. */
export interface MergeListsOptions {
  /** Schema of the list. */
  readonly schema: TypeSchema;
  /** Items to remove from a list of scalars. @default {undefined} none */
  readonly remove?: unknown;
  /** Keys in the order of the result. @default {undefined} as they come */
  readonly order?: unknown;
  /** Merges two items of equal key. */
  mergeItems(
    item: JsonObject,
    patch: JsonObject,
    schema: TypeSchema,
  ): JsonObject;
}

/**
 * Merges the list of a strategic merge patch into a list.
 *
 * @param list The list; not changed.
 * @param patch What to merge in.
 * @param options How.
 * @returns The merged list.
 * @throws {StatusError} 500 if an item has no merge key.
 */
export function mergeLists(
  list: readonly unknown[],
  patch: readonly unknown[],
  options: MergeListsOptions,
): unknown[] {
  const { patchMergeKey: key, items = {} } = options.schema;
  const { remove, order } = options;
  checkItems([list, patch]);
  if (key === undefined) {
    const kept = list.filter((item) =>
      !Array.isArray(remove) || !remove.includes(item)
    );
    const added = patch.filter((item) =>
      !kept.some((other) => equalJson(item, other))
    );
    return inOrder([...kept, ...added], {
      server: list,
      patch: Array.isArray(order) ? order : patch,
      identityOf: (item) => item,
    });
  }
  if (patch.some((item) => isObject(item) && item.$patch === "replace")) {
    return patch.filter((item) => !isObject(item) || item.$patch !== "replace");
  }
  const result = [...list];
  for (const item of patch) {
    if (!isObject(item)) continue;
    requireKey(item, key);
    const identity = item[key];
    const same = (other: unknown) => isObject(other) && other[key] === identity;
    const index = result.findIndex(same);
    if (item.$patch === "delete") {
      if (index >= 0) result.splice(index, 1);
      continue;
    }
    const current = result[index];
    const base = isObject(current) ? current : {};
    const merged = options.mergeItems(base, item, items);
    if (index < 0) result.push(merged);
    else result[index] = merged;
  }
  for (const item of result) requireKey(item, key);
  return inOrder(result, {
    server: list,
    patch: Array.isArray(order) ? order : patch,
    identityOf: (item) => isObject(item) ? item[key] : item,
  });
}

/** Items of both lists are of one type, and no lists themselves. */
function checkItems(lists: readonly (readonly unknown[])[]): void {
  const [first, ...others] = lists.flat();
  if (Array.isArray(first)) {
    const why =
      "the server rejected our request due to an error in our request";
    throw new StatusError(why, {
      code: STATUS_CODE.UnprocessableEntity,
      reason: "Invalid",
      details: {},
    });
  }
  const type = goType(first);
  if (others.every((item) => item !== null && goType(item) === type)) return;
  throw internal(`list element types are not identical: ${goText(lists)}`);
}

function requireKey(item: unknown, key: string): void {
  if (!isObject(item) || item[key] !== undefined) return;
  throw internal(
    `map: ${goText(item)} does not contain declared merge key: ${key}`,
  );
}

interface Orders {
  readonly server: readonly unknown[];
  readonly patch: readonly unknown[];
  identityOf(item: unknown): unknown;
}

/** Items of the patch keep its order, others that of the server. */
function inOrder(
  items: readonly unknown[],
  { server, patch, identityOf }: Orders,
): unknown[] {
  const wanted = patch.map(identityOf);
  const former = server.map(identityOf);
  const rank = (item: unknown) => wanted.indexOf(identityOf(item));
  const place = (item: unknown) => former.indexOf(identityOf(item));
  const ranked = items.filter((item) => rank(item) >= 0)
    .toSorted((a, b) => rank(a) - rank(b));
  const others = items.filter((item) => rank(item) < 0)
    .toSorted((a, b) => place(a) - place(b));
  const result: unknown[] = [];
  for (const item of ranked) {
    // What is new comes first; what is known after what stood before it.
    while (others.length > 0 && place(others[0]) < place(item)) {
      result.push(others.shift());
    }
    result.push(item);
  }
  return [...result, ...others];
}
