/** What {@linkcode Runnable.run} is given. */
export interface RunnableOptions {
  /** Asks to stop: take no new work, finish what is in progress, resolve. */
  readonly signal: AbortSignal;
  /**
   * Aborts when time to finish is over: give up what is in progress.
   *
   * It aborts after `signal`, at the end of the grace period or when a lost
   * Lease is about to expire.
   *
   * @default never
   */
  readonly deadline?: AbortSignal;
}

/**
 * Something that runs until it is asked to stop: a controller, an informer, a
 * server, or a part of your own.
 *
 * @example Run a part of your own
 * ```ts
 * import { run, type Runnable } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const greeter: Runnable = {
 *   name: "greeter",
 *   async run({ signal }) {
 *     while (!signal.aborted) {
 *       await Promise.resolve("hello");
 *       return; // its work is done
 *     }
 *   },
 * };
 * const { reason } = await run([greeter], { signals: false, logging: false });
 * assertEquals(reason, "finished");
 * ```
 */
export interface Runnable {
  /**
   * What to call it in logs and errors.
   *
   * @default its class, or its place in the list
   */
  readonly name?: string;
  /**
   * A worker acts on the cluster. A service is used by workers or by the
   * cluster (a cache, a webhook server): it stops after all workers.
   *
   * @default "worker"
   */
  readonly role?: "worker" | "service";
  /**
   * Whether it runs only in the process that leads, under leader election.
   *
   * @default true for a worker, false for a service
   */
  readonly needsLeader?: boolean;
  /**
   * Runs until it is done or `signal` aborts.
   *
   * @param options When to stop.
   * @returns After clean-up; rejects on failure.
   */
  run(options: RunnableOptions): Promise<void>;
  /**
   * Gets ready to run at once, such as by filling caches, until `signal`
   * aborts. Under leader election it is called in every process from the
   * start; `ready()` tells when that is done. It must write nothing.
   *
   * @default nothing happens before this process leads
   * @param options When to stop.
   * @returns After clean-up; rejects on failure.
   */
  standby?(options: RunnableOptions): Promise<void>;
  /**
   * Whether it does what it is there for, for `/readyz`.
   *
   * @default always
   * @returns Whether it is ready.
   */
  ready?(): boolean;
  /**
   * Whether a restart of the process would not help, for `/livez`.
   *
   * @default always
   * @returns Whether it is healthy.
   */
  healthy?(): boolean;
}
