import type { Clock } from "../timing/clock.ts";

/** So long a reconcile may go on after its time is over, in milliseconds. */
const PATIENCE = 60_000;

/** Options of {@linkcode RunningReconciles}. */
export interface RunningReconcilesOptions {
  /** Where time comes from. */
  readonly clock: Clock;
  /** How long each may take, in milliseconds. */
  readonly timeout: number;
}

/** A reconcile that runs. */
export interface RunningReconcile {
  /** Aborts when time is over, the object goes, or the program ends. */
  readonly signal: AbortSignal;
  /** Whether somebody deletes the object meanwhile. */
  readonly isMoot: boolean;
  /** What to throw when time is over; `undefined` before. */
  readonly late: DOMException | undefined;
}

interface Run {
  readonly id: string;
  readonly what: string;
  readonly since: number;
  readonly controller: AbortController;
  isMoot: boolean;
  late: DOMException | undefined;
}

/**
 * The reconciles that run, and their time.
 *
 * All may take equally long, so the first to start is the first whose time is
 * over: one timer does for all, and most reconciles end without touching it.
 *
 * @example Let time run out
 * ```ts
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { RunningReconciles } from "./running_reconciles.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FakeClock();
 * using running = new RunningReconciles({ clock, timeout: 1_000 });
 * const run = running.start("default/a", "Cannot reconcile");
 * await clock.advance(1_000);
 * assertEquals(run.late?.message, "Cannot reconcile: it took longer than 1000 ms");
 * assertEquals(run.signal.reason, run.late);
 * running.end("default/a");
 * ```
 */
export class RunningReconciles implements Disposable {
  readonly #clock: Clock;
  readonly #timeout: number;
  /** In the order in which they started. */
  readonly #runs = new Map<string, Run>();
  #cancelTimer: (() => void) | undefined;
  #end: { readonly reason: unknown } | undefined;

  /**
   * Nothing runs yet.
   *
   * @param options How long each may take.
   */
  constructor({ clock, timeout }: RunningReconcilesOptions) {
    this.#clock = clock;
    this.#timeout = timeout;
  }

  /** How many have not ended long after they should have. */
  get overdue(): number {
    const latest = this.#clock.now() - this.#timeout - PATIENCE;
    return [...this.#runs.values()].filter(({ since }) => since < latest)
      .length;
  }

  /**
   * Takes note that one starts.
   *
   * @param id The object.
   * @param what What fails when time is over, as `Cannot reconcile Pod "a"`.
   * @returns What becomes of it.
   */
  start(id: string, what: string): RunningReconcile {
    const run: Run = {
      id,
      what,
      since: this.#clock.now(),
      controller: new AbortController(),
      isMoot: false,
      late: undefined,
    };
    this.#runs.set(id, run);
    if (this.#end !== undefined) run.controller.abort(this.#end.reason);
    if (this.#cancelTimer === undefined) this.#setTimer(this.#timeout);
    return {
      signal: run.controller.signal,
      get isMoot() {
        return run.isMoot;
      },
      get late() {
        return run.late;
      },
    };
  }

  /**
   * Takes note that one has ended.
   *
   * @param id The object.
   */
  end(id: string): void {
    this.#runs.delete(id);
  }

  /**
   * Aborts the reconcile of an object that somebody deletes.
   *
   * @param id The object.
   * @returns Whether one was running.
   */
  abort(id: string): boolean {
    const run = this.#runs.get(id);
    if (run === undefined) return false;
    run.isMoot = true;
    run.controller.abort(
      new DOMException(`"${id}" is being deleted`, "AbortError"),
    );
    return true;
  }

  /**
   * Aborts all that run, and those that start later.
   *
   * @param reason Why.
   */
  giveUp(reason: unknown): void {
    this.#end = { reason };
    for (const { controller } of this.#runs.values()) controller.abort(reason);
  }

  /** Stops to look at the time. */
  [Symbol.dispose](): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #setTimer(delay: number): void {
    if (delay === Infinity) return;
    this.#cancelTimer = this.#clock.setTimer(() => this.#look(), delay);
  }

  #look(): void {
    this.#cancelTimer = undefined;
    for (const run of this.#runs.values()) {
      if (run.late !== undefined) continue;
      const left = run.since + this.#timeout - this.#clock.now();
      if (left > 0) return this.#setTimer(left);
      run.late = new DOMException(
        `${run.what}: it took longer than ${this.#timeout} ms`,
        "TimeoutError",
      );
      run.controller.abort(run.late);
    }
  }
}
