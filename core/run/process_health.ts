import type { EventLoopLag } from "./event_loop_lag.ts";
import type { Health } from "./probes.ts";
import type { Supervisor, Task } from "./supervisor.ts";

/** Options of {@linkcode ProcessHealth}. */
export interface ProcessHealthOptions {
  /** Measures the event loop. */
  readonly lag: EventLoopLag;
  /**
   * How late the event loop may be, in milliseconds.
   *
   * @default 10000
   */
  readonly maxLag?: number | undefined;
}

/**
 * The health of the tasks of a supervisor and of the event loop.
 *
 * A task that starts after the process has been ready counts as ready until
 * it has been so itself: a standby that takes over a Lease stays ready while
 * its caches fill, or its webhooks would be without a server.
 *
 * @example Watch a supervisor
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { EventLoopLag } from "./event_loop_lag.ts";
 * import { Supervisor } from "./supervisor.ts";
 *
 * using lag = new EventLoopLag();
 * const supervisor = new Supervisor({ gracePeriod: 0 });
 * const health = new ProcessHealth(supervisor, { lag });
 * assertEquals(health.notReady(), ["starting"]);
 * health.started = true;
 * assertEquals(health.notReady(), []);
 * ```
 */
export class ProcessHealth implements Health {
  /** Whether all that runs from the start has been started. */
  started = false;
  readonly #supervisor: Supervisor;
  readonly #lag: EventLoopLag;
  readonly #maxLag: number;
  readonly #seenReady = new WeakSet<Task>();
  #wasReady = false;

  /**
   * Watches the tasks of a supervisor.
   *
   * @param supervisor What runs the tasks.
   * @param options What else counts.
   */
  constructor(supervisor: Supervisor, options: ProcessHealthOptions) {
    this.#supervisor = supervisor;
    this.#lag = options.lag;
    this.#maxLag = options.maxLag ?? 10_000;
  }

  /**
   * What is not ready; everything, once the stop has begun.
   *
   * @returns Its names.
   */
  notReady(): readonly string[] {
    if (!this.started) return ["starting"];
    if (this.#supervisor.signal.aborted) return ["stopping"];
    const waiting = this.#supervisor.tasks.filter((task) => !this.#ready(task));
    this.#wasReady ||= waiting.length === 0;
    return waiting.map(({ name }) => name);
  }

  /**
   * What is not healthy.
   *
   * @returns Its names.
   */
  notHealthy(): readonly string[] {
    const failing = this.#supervisor.tasks
      .filter(({ runnable }) => !holds(() => runnable.healthy?.()))
      .map(({ name }) => name);
    return this.#lag.current > this.#maxLag
      ? [...failing, "event loop"]
      : failing;
  }

  #ready(task: Task): boolean {
    if (holds(() => task.runnable.ready?.())) {
      this.#seenReady.add(task);
      return true;
    }
    return this.#wasReady && !this.#seenReady.has(task);
  }
}

/** A check that does not exist holds; one that throws does not. */
function holds(check: () => boolean | undefined): boolean {
  try {
    return check() ?? true;
  } catch {
    return false;
  }
}
