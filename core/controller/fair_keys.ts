import { LinkedList, type ListNode } from "./linked_list.ts";

/** A key that waits, and since when. */
export interface WaitingKey {
  /** The key, as `"namespace/name"`. */
  readonly key: string;
  /** When it came, in milliseconds of the caller's clock. */
  readonly since: number;
}

/** The keys of one namespace, in the order in which they came. */
interface Line {
  readonly namespace: string;
  readonly keys: LinkedList<WaitingKey>;
}

/** Where a key waits in {@linkcode FairKeys}. */
export interface FairPlace {
  /** The keys of its namespace. */
  readonly line: LinkedList<WaitingKey>;
  /** Its place among them. */
  readonly node: ListNode<WaitingKey>;
}

/**
 * Keys that namespaces take in turns, so that one with many does not hold up
 * the others; within a namespace first in, first out.
 *
 * All changes take constant time.
 *
 * @example Two namespaces, one of them busy
 * ```ts
 * import { FairKeys } from "./fair_keys.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const keys = new FairKeys();
 * for (const key of ["busy/1", "busy/2", "busy/3", "calm/1"]) {
 *   keys.push({ key, since: 0 });
 * }
 * const order = [1, 2, 3, 4].map(() => keys.shift()?.key);
 * assertEquals(order, ["busy/1", "calm/1", "busy/2", "busy/3"]);
 * ```
 */
export class FairKeys {
  readonly #lines = new Map<string, Line>();
  /** Whose turn it is; those without keys leave when their turn comes. */
  readonly #turns = new LinkedList<Line>();

  /** What {@linkcode FairKeys.shift} would take. */
  get first(): WaitingKey | undefined {
    this.#skipEmpty();
    return this.#turns.first?.keys.first;
  }

  /**
   * Adds a key.
   *
   * @param waiting The key, which must not be in it.
   * @returns Its place, to remove it by.
   */
  push(waiting: WaitingKey): FairPlace {
    const { key } = waiting;
    const namespace = key.slice(0, Math.max(0, key.indexOf("/")));
    let line = this.#lines.get(namespace);
    if (line === undefined) {
      line = { namespace, keys: new LinkedList<WaitingKey>() };
      this.#lines.set(namespace, line);
      this.#turns.push(line);
    }
    return { line: line.keys, node: line.keys.push(waiting) };
  }

  /**
   * Takes the next key out.
   *
   * @returns The key; `undefined` if there is none.
   */
  shift(): WaitingKey | undefined {
    this.#skipEmpty();
    const line = this.#turns.shift();
    if (line === undefined) return undefined;
    this.#turns.push(line);
    return line.keys.shift();
  }

  /**
   * Takes a key out before its turn.
   *
   * @param place Its place.
   */
  remove({ line, node }: FairPlace): void {
    line.remove(node);
  }

  #skipEmpty(): void {
    for (;;) {
      const line = this.#turns.first;
      if (line === undefined || line.keys.first !== undefined) return;
      this.#turns.shift();
      this.#lines.delete(line.namespace);
    }
  }
}
