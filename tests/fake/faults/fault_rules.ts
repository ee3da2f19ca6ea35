import type { JournalEntry } from "../journal.ts";
import type { Fault, FaultEffect, FaultMatch } from "./fault_rule.ts";

/** What a rule looks at in a request. */
export type FaultTarget = Pick<
  JournalEntry,
  | "verb"
  | "group"
  | "resource"
  | "subresource"
  | "namespace"
  | "name"
  | "manager"
>;

const FIELDS = [
  "verb",
  "group",
  "resource",
  "subresource",
  "namespace",
  "name",
  "manager",
] as const;

class Rule implements Fault {
  readonly #match: FaultMatch;
  readonly effect: FaultEffect;
  readonly #remove: (rule: Rule) => void;
  #seen = 0;
  hits = 0;

  constructor(
    match: FaultMatch,
    effect: FaultEffect,
    remove: (rule: Rule) => void,
  ) {
    this.#match = match;
    this.effect = effect;
    this.#remove = remove;
  }

  hit(target: FaultTarget): boolean {
    const match = this.#match;
    const { times = Infinity, after = 0 } = match;
    const isMeant = FIELDS.every((field) =>
      match[field] === undefined || match[field] === target[field]
    );
    if (!isMeant || this.hits >= times || this.#seen++ < after) return false;
    this.hits++;
    return true;
  }

  remove(): void {
    this.#remove(this);
  }

  [Symbol.dispose](): void {
    this.remove();
  }
}

/**
 * The faults of a server.
 *
 * @example Fail the first two updates
 * ```ts
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * using fault = server.faults.add({ verb: "list", times: 2 }, { fail: 503 });
 * const url = `${server.url}/api/v1/namespaces`;
 * const statuses = [];
 * for (let count = 0; count < 3; count++) {
 *   const response = await server.fetch(new Request(url));
 *   statuses.push(response.status);
 *   await response.body?.cancel();
 * }
 * assertEquals(statuses, [503, 503, 200]);
 * assertEquals(fault.hits, 2);
 * ```
 */
export class FaultRules {
  readonly #rules = new Set<Rule>();

  /**
   * Adds a fault. Of several that match, the one added first hits.
   *
   * @param match Which requests it hits.
   * @param effect What happens to them.
   * @returns The fault, which ends when it is disposed of.
   */
  add(match: FaultMatch, effect: FaultEffect): Fault {
    const rule = new Rule(match, effect, (one) => this.#rules.delete(one));
    this.#rules.add(rule);
    return rule;
  }

  /** Ends all faults. */
  clear(): void {
    this.#rules.clear();
  }

  /**
   * Finds what happens to a request, and counts it.
   *
   * @param target The request.
   * @returns The effect; `undefined` if no fault hits.
   */
  hit(target: FaultTarget): FaultEffect | undefined {
    for (const rule of this.#rules) if (rule.hit(target)) return rule.effect;
    return undefined;
  }
}
