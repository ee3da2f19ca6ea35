import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import type { StoreChange } from "./store_change.ts";
import type { StoreContents } from "./store_contents.ts";

/**
 * What a store looked like to somebody before a replacement.
 *
 * @typeParam T The object type.
 */
export interface Before<T> {
  /**
   * Reads one object.
   *
   * @param key Its key.
   * @returns The object, or `undefined`.
   */
  get(key: ObjectKey): T | undefined;
  /**
   * Objects that are not in the store, and yet were there for somebody.
   *
   * @returns The objects.
   */
  others(): Iterable<T>;
}

/**
 * What was prepared to replace everything in a store.
 *
 * @typeParam T The object type.
 */
export interface Replacement<T> {
  /** What differs; an object with another uid is deleted, then added. */
  readonly changes: StoreChange<T>[];
  /** Replaces everything at once. */
  commit(): void;
}

/**
 * Prepares to replace all objects, in small steps between which the old
 * contents may be read and changed.
 *
 * An object whose uid and resourceVersion are unchanged stays as it is.
 *
 * @typeParam T The object type.
 * @param objects All objects there are now.
 * @param options The old contents, and what was seen of them.
 * @returns The new contents and what differs, after some steps.
 */
export function* prepareReplacement<T extends KubeObject>(
  objects: readonly T[],
  { contents: old, before }: {
    readonly contents: StoreContents<T>;
    readonly before: Before<T>;
  },
): Generator<
  void,
  {
    readonly contents: StoreContents<T>;
    readonly changes: StoreChange<T>[];
  },
  undefined
> {
  const contents = old.empty();
  const { table } = contents;
  const changes: StoreChange<T>[] = [];
  for (const object of objects) {
    table.set(object.metadata, object);
    yield;
  }
  for (const object of table.values()) {
    const known = before.get(object.metadata);
    const change = changeOf(known, object);
    if (known !== undefined && change.length === 0) {
      table.set(object.metadata, known);
      contents.reindex(undefined, known);
    } else {
      changes.push(...change);
      contents.reindex(undefined, object);
    }
    yield;
  }
  const gone = new Set<T>();
  for (const object of old.table.values()) {
    const known = before.get(object.metadata);
    if (known !== undefined && !table.get(known.metadata)) gone.add(known);
    yield;
  }
  // No more steps, so that nothing changes any more.
  for (const object of before.others()) {
    if (!table.get(object.metadata)) gone.add(object);
  }
  const deleted = Array.from(
    gone,
    (object) => ({ type: "deleted", object }) as const,
  );
  return { contents, changes: [...deleted, ...changes] };
}

function changeOf<T extends KubeObject>(
  old: T | undefined,
  object: T,
): StoreChange<T>[] {
  if (old === undefined) return [{ type: "added", object }];
  if (old.metadata.uid !== object.metadata.uid) {
    return [{ type: "deleted", object: old }, { type: "added", object }];
  }
  return old.metadata.resourceVersion === object.metadata.resourceVersion
    ? []
    : [{ type: "modified", object, old }];
}
