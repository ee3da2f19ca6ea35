/**
 * A place in a {@linkcode LinkedList}.
 *
 * @typeParam T What is in it.
 */
export interface ListNode<T> {
  /** What is in it. */
  readonly value: T;
  /** The place before it. */
  before?: ListNode<T> | undefined;
  /** The place after it. */
  after?: ListNode<T> | undefined;
}

/**
 * A line in which anybody may leave from the middle: every step takes the same
 * short time, however long the line is.
 *
 * A `Map` or `Set` would do, but in V8 taking the first of many again and
 * again walks over all that went before.
 *
 * @example Leave from the middle
 * ```ts
 * import { LinkedList } from "./linked_list.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const line = new LinkedList<string>();
 * line.push("a");
 * const b = line.push("b");
 * line.push("c");
 * line.remove(b);
 *
 * assertEquals([line.shift(), line.shift(), line.shift()], ["a", "c", undefined]);
 * ```
 *
 * @typeParam T What is in it.
 */
export class LinkedList<T> {
  #first: ListNode<T> | undefined;
  #last: ListNode<T> | undefined;

  /** What is first; `undefined` if nothing is in it. */
  get first(): T | undefined {
    return this.#first?.value;
  }

  /**
   * Puts something last.
   *
   * @param value What to put.
   * @returns Its place, to remove it by.
   */
  push(value: T): ListNode<T> {
    const node: ListNode<T> = { value, before: this.#last };
    if (this.#last === undefined) this.#first = node;
    else this.#last.after = node;
    this.#last = node;
    return node;
  }

  /**
   * Takes the first out.
   *
   * @returns What it was; `undefined` if nothing was in it.
   */
  shift(): T | undefined {
    const node = this.#first;
    if (node !== undefined) this.remove(node);
    return node?.value;
  }

  /**
   * Takes something out.
   *
   * @param node Its place, which must be in this list.
   */
  remove(node: ListNode<T>): void {
    const { before, after } = node;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
  }
}
