import { backoffDelay } from "../timing/backoff.ts";
import type { Clock } from "../timing/clock.ts";

/** So many reconciles in a row are no loop yet. */
const HARMLESS = 10;
/** So long without one, and a row has ended, in milliseconds. */
const ROW_TIMEOUT = 300_000;
/** How often loops are told of, in milliseconds. */
const REPORT_INTERVAL = 60_000;
/** How long a reconcile of a loop waits, in milliseconds. */
const DELAYS = { initial: 100, factor: 2, max: 60_000, jitter: 0 };

/** What is to be done about a reconcile that own writes ask for. */
export interface SelfTrigger {
  /** How long it is to wait, in milliseconds. */
  readonly delay: number;
  /** How many of its kind came before it, one after the other. */
  readonly count: number;
  /** Whether it is time to tell people. */
  readonly report: boolean;
}

/**
 * Finds objects that are reconciled again and again only because this program
 * itself writes: as when two controllers undo each other's work.
 *
 * @example Slow a loop down
 * ```ts
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { SelfTriggers } from "./self_triggers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const loops = new SelfTriggers({ clock: new FakeClock() });
 * for (let i = 0; i < 10; i++) loops.reconciled("default/a", { own: true });
 * assertEquals(loops.next("default/a"), undefined);
 * loops.reconciled("default/a", { own: true });
 * assertEquals(loops.next("default/a")?.delay, 100);
 * ```
 */
export class SelfTriggers {
  readonly #clock: Clock;
  readonly #rows = new Map<string, { count: number; last: number }>();
  #reportedAt = -Infinity;

  /**
   * Knows of no loop yet.
   *
   * @param options Where time comes from.
   */
  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /**
   * Takes note of a reconcile.
   *
   * @param id The object.
   * @param options Whether only own writes asked for it.
   */
  reconciled(id: string, { own }: { readonly own: boolean }): void {
    if (!own) return this.forget(id);
    const last = this.#clock.now();
    const row = this.#rows.get(id);
    const goesOn = row !== undefined && last - row.last < ROW_TIMEOUT;
    this.#rows.set(id, { count: goesOn ? row.count + 1 : 1, last });
  }

  /**
   * Judges a request that an own write makes.
   *
   * @param id The object.
   * @returns What is to be done; nothing if it is harmless.
   */
  next(id: string): SelfTrigger | undefined {
    const count = this.#rows.get(id)?.count ?? 0;
    if (count <= HARMLESS) return undefined;
    const now = this.#clock.now();
    const report = now - this.#reportedAt >= REPORT_INTERVAL;
    if (report) this.#reportedAt = now;
    const delay = backoffDelay(count - HARMLESS - 1, DELAYS);
    return { delay, count, report };
  }

  /**
   * Forgets an object.
   *
   * @param id The object.
   */
  forget(id: string): void {
    this.#rows.delete(id);
  }
}
