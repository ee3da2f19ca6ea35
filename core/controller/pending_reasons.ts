/** Why an object is to be reconciled. */
export interface Pending {
  /** All reasons, each once. */
  readonly reasons: ReadonlySet<string>;
  /** Whether only writes of this process are the reason. */
  readonly own: boolean;
  /** How important it is. */
  readonly priority: number;
}

/** One reason. */
export interface PendingReason {
  /** In one or two words. */
  readonly reason: string;
  /** Whether it is a write of this process. */
  readonly own: boolean;
  /** How important it is. */
  readonly priority: number;
}

/**
 * Collects why each object is to be reconciled, until it is.
 *
 * A timer is the reason only when nothing happened before it was due.
 *
 * @example Collect reasons
 * ```ts
 * import { PendingReasons } from "./pending_reasons.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pending = new PendingReasons();
 * const rest = { own: false, priority: 0 };
 * pending.schedule("a", { reason: "requeue", ...rest });
 * pending.add("a", { reason: "modified", ...rest });
 * assertEquals([...pending.take("a").reasons], ["modified"]);
 * ```
 */
export class PendingReasons {
  readonly #changes = new Map<string, Pending & { reasons: Set<string> }>();
  readonly #timers = new Map<string, PendingReason>();

  /**
   * Adds a reason.
   *
   * @param id The object.
   * @param added The reason.
   */
  add(id: string, { reason, own, priority }: PendingReason): void {
    const known = this.#changes.get(id);
    const reasons = known?.reasons ?? new Set<string>();
    this.#changes.set(id, {
      reasons: reasons.add(reason),
      own: own && (known?.own ?? true),
      priority: Math.max(priority, known?.priority ?? -Infinity),
    });
  }

  /**
   * Takes note that a timer is set.
   *
   * @param id The object.
   * @param reason Why it is set.
   */
  schedule(id: string, reason: PendingReason): void {
    this.#timers.set(id, reason);
  }

  /**
   * Reads the reasons there are, besides timers.
   *
   * @param id The object.
   * @returns The reasons.
   */
  reasons(id: string): ReadonlySet<string> | undefined {
    return this.#changes.get(id)?.reasons;
  }

  /**
   * Reads and forgets all reasons.
   *
   * @param id The object.
   * @returns The reasons.
   */
  take(id: string): Pending {
    const change = this.#changes.get(id);
    const timer = this.#timers.get(id);
    this.forget(id);
    if (change !== undefined) return change;
    const reasons = timer === undefined ? [] : [timer.reason];
    const priority = timer?.priority ?? 0;
    return { reasons: new Set(reasons), own: false, priority };
  }

  /**
   * Forgets an object.
   *
   * @param id The object.
   */
  forget(id: string): void {
    this.#changes.delete(id);
    this.#timers.delete(id);
  }
}
