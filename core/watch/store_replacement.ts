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
  readonly changes: Iterable<StoreChange<T>>;
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
    readonly changes: Iterable<StoreChange<T>>;
  },
  undefined
> {
  const contents = old.empty();
  const { table } = contents;
  const differences: Differences<T> = {
    gone: new Set(),
    added: [],
    modified: [],
  };
  for (const object of objects) {
    table.set(object.metadata, object);
    yield;
  }
  for (const object of table.values()) {
    const known = before.get(object.metadata);
    const isSame = known !== undefined && isSameState(known, object);
    if (isSame) table.set(object.metadata, known);
    else note(differences, { known, object });
    contents.reindex(undefined, isSame ? known : object);
    yield;
  }
  const { gone } = differences;
  for (const object of old.table.values()) {
    const known = before.get(object.metadata);
    if (known !== undefined && !table.get(known.metadata)) gone.add(known);
    yield;
  }
  // No more steps, so that nothing changes any more.
  for (const object of before.others()) {
    if (!table.get(object.metadata)) gone.add(object);
  }
  return { contents, changes: changesOf(differences) };
}

/** Only what is needed to tell of them: a first list has very many. */
interface Differences<T> {
  readonly gone: Set<T>;
  readonly added: T[];
  readonly modified: { readonly object: T; readonly old: T }[];
}

function note<T extends KubeObject>(
  { gone, added, modified }: Differences<T>,
  { known, object }: { readonly known: T | undefined; readonly object: T },
): void {
  if (known?.metadata.uid === object.metadata.uid) {
    modified.push({ object, old: known });
    return;
  }
  if (known !== undefined) gone.add(known);
  added.push(object);
}

function* changesOf<T>(
  { gone, added, modified }: Differences<T>,
): Generator<StoreChange<T>> {
  for (const object of gone) yield { type: "deleted", object };
  for (const object of added) yield { type: "added", object };
  for (const change of modified) yield { type: "modified", ...change };
}

function isSameState<T extends KubeObject>(old: T, object: T): boolean {
  return old.metadata.uid === object.metadata.uid &&
    old.metadata.resourceVersion === object.metadata.resourceVersion;
}
