import type { ObjectKey } from "../kind/scope.ts";

/**
 * Objects of one kind in memory, for reading.
 *
 * What is read is shared with all other readers, and therefore frozen at
 * every depth; copy an object to change it.
 *
 * @typeParam T The object type.
 */
export interface ReadonlyStore<T> {
  /** How many objects there are. */
  readonly size: number;
  /**
   * Reads one object.
   *
   * @param key Its key; the metadata of an object is one.
   * @returns The object, or `undefined`.
   */
  get(key: ObjectKey): T | undefined;
  /**
   * Reads all objects, or those of one namespace.
   *
   * @param options Which of them.
   * @returns A new array.
   */
  list(options?: StoreListOptions): T[];
  /**
   * Reads the keys of all objects.
   *
   * @returns A new array.
   */
  keys(): ObjectKey[];
  /**
   * Reads the objects that carry a label, through an index that is made when a
   * label is first asked for.
   *
   * @param label Key of the label.
   * @param value Value of the label.
   * @returns A new array.
   */
  byLabel(label: string, value: string): T[];
  /**
   * Reads the objects that have a value in an index.
   *
   * @param index Name of the index, as given when the store was made.
   * @param value The value.
   * @returns A new array.
   * @throws {TypeError} If there is no such index.
   */
  byIndex(index: string, value: string): T[];
}

/** Options of {@linkcode ReadonlyStore.list}. */
export interface StoreListOptions {
  /**
   * The namespace.
   *
   * @default {all of them}
   */
  readonly namespace?: string | undefined;
}
