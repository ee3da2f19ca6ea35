import { ConfigError } from "../client/config_error.ts";
import { getLogger } from "../telemetry/logger.ts";
import { type Clock, systemClock } from "../timing/clock.ts";
import { runToEnd } from "./run_to_end.ts";
import type { Runnable } from "./runnable.ts";

/** Options of {@linkcode Supervisor}. */
export interface SupervisorOptions {
  /** From the stop to giving up, in milliseconds. */
  readonly gracePeriod: number;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
}

/** A runnable with its name. */
export interface Task {
  /** What to call it. */
  readonly name: string;
  /** What runs. */
  readonly runnable: Runnable;
}

/** At most this long to react to the deadline, in milliseconds. */
const MAX_CLEAN_UP = 1_000;

/**
 * Runs tasks until all are over, one fails, or `stop()` is called; then it
 * stops the workers, and after them the services.
 *
 * All that fits into the grace period: shortly before its end the deadline
 * aborts, so that tasks can give up in order. What runs longer is a failure.
 *
 * @example Run two tasks
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const log: string[] = [];
 * const supervisor = new Supervisor({ gracePeriod: 30_000 });
 * supervisor.run({
 *   name: "a",
 *   runnable: { run: async () => void log.push(await "a") },
 * });
 * supervisor.run({
 *   name: "b",
 *   runnable: { run: async () => void log.push(await "b") },
 * });
 * await supervisor.join();
 * assertEquals(log, ["a", "b"]);
 * ```
 */
export class Supervisor {
  /** What went wrong, in order. */
  readonly failures: unknown[] = [];
  readonly #clock: Clock;
  readonly #gracePeriod: number;
  readonly #cleanUp: number;
  readonly #workers = new Stage();
  readonly #services = new Stage();
  readonly #deadline = new AbortController();
  readonly #timers: (() => void)[] = [];

  /**
   * Makes a supervisor without tasks.
   *
   * @param options The grace period.
   */
  constructor(options: SupervisorOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#gracePeriod = options.gracePeriod;
    this.#cleanUp = Math.min(MAX_CLEAN_UP, options.gracePeriod / 10);
  }

  /** Aborts when workers shall stop. */
  get signal(): AbortSignal {
    return this.#workers.stop.signal;
  }

  /** What runs now, services first. */
  get tasks(): readonly Task[] {
    return [...this.#services.running.keys(), ...this.#workers.running.keys()];
  }

  /**
   * Starts a task.
   *
   * @param task What to run.
   * @returns When it is over; never rejects, a failure stops everything.
   */
  run(task: Task): Promise<void> {
    const stage = task.runnable.role === "service"
      ? this.#services
      : this.#workers;
    const over = this.#runToEnd(task, stage.stop.signal)
      .finally(() => stage.running.delete(task));
    stage.running.set(task, over);
    return over;
  }

  /**
   * Notes a failure and stops.
   *
   * @param error What went wrong.
   * @param timeLeft How long workers may go on, in milliseconds; by default
   * as long as the grace period allows.
   */
  fail(error: unknown, timeLeft?: number): void {
    this.failures.push(error);
    this.stop("failure");
    if (timeLeft !== undefined) this.#setDeadline(timeLeft);
  }

  /**
   * Stops the workers, then the services; further calls do nothing.
   *
   * @param reason Why, for the log.
   */
  stop(reason: string): void {
    if (this.signal.aborted) return;
    getLogger("run").info("Stopping", {
      reason,
      gracePeriod: this.#gracePeriod,
    });
    this.#setDeadline(this.#gracePeriod - 2 * this.#cleanUp);
    this.#after(this.#gracePeriod, () => this.#services.giveUp.resolve());
    this.#workers.stop.abort();
  }

  /**
   * Waits until all tasks are over or given up.
   *
   * @returns When nothing is left to wait for.
   */
  async join(): Promise<void> {
    await this.#untilOverOrStopped();
    await this.#workers.settle();
    this.#services.stop.abort();
    await this.#services.settle();
    for (const cancel of this.#timers) cancel();
    const stuck = this.tasks.map(({ name }) => name);
    if (stuck.length > 0) {
      this.failures.push(
        new Error(
          `Cannot stop ${stuck.join(", ")}: still running after the ` +
            `grace period of ${this.#gracePeriod} ms`,
        ),
      );
    }
  }

  async #runToEnd(task: Task, signal: AbortSignal): Promise<void> {
    const deadline = this.#deadline.signal;
    try {
      await runToEnd(task.runnable, { signal, deadline });
    } catch (error) {
      // The mistake of a person is one line: that with which the program ends.
      if (!(error instanceof ConfigError)) {
        getLogger("run").error("Runnable failed", { name: task.name, error });
      }
      this.fail(error);
    }
  }

  /** Tasks may start others before they end. */
  async #untilOverOrStopped(): Promise<void> {
    const stopped = Promise.withResolvers<void>();
    const listener = () => stopped.resolve();
    this.signal.addEventListener("abort", listener, { once: true });
    while (!this.signal.aborted && this.tasks.length > 0) {
      await Promise.race([
        stopped.promise,
        this.#workers.over().then(() => this.#services.over()),
      ]);
    }
    this.signal.removeEventListener("abort", listener);
  }

  #setDeadline(delay: number): void {
    this.#after(delay, () => this.#deadline.abort());
    this.#after(delay + this.#cleanUp, () => this.#workers.giveUp.resolve());
  }

  #after(delay: number, callback: () => void): void {
    this.#timers.push(this.#clock.setTimer(callback, delay));
  }
}

/** Tasks that stop together. */
class Stage {
  readonly stop = new AbortController();
  readonly giveUp = Promise.withResolvers<void>();
  readonly running = new Map<Task, Promise<void>>();

  async over(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  async settle(): Promise<void> {
    await Promise.race([this.over(), this.giveUp.promise]);
  }
}
