import type { Clock } from "../timing/clock.ts";
import { type LinkedAbort, linkedAbort } from "../timing/linked_abort.ts";

/** So long a reconcile may go on after its time is over, in milliseconds. */
const PATIENCE = 60_000;

/** A reconcile that runs. */
export interface RunningReconcile extends Disposable {
  /** Aborts when the object goes, or with the parent. */
  readonly signal: AbortSignal;
  /** Whether the object went meanwhile. */
  readonly isMoot: boolean;
}

/** The reconciles that run, by object. */
export class RunningReconciles {
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #parent: AbortSignal;
  readonly #running = new Map<
    string,
    { readonly abort: LinkedAbort; readonly since: number; isMoot: boolean }
  >();

  /**
   * Nothing runs yet.
   *
   * @param options How long each may take, and what ends all of them.
   */
  constructor(
    options: {
      readonly clock: Clock;
      readonly timeout: number;
      readonly parent: AbortSignal;
    },
  ) {
    this.#clock = options.clock;
    this.#timeout = options.timeout;
    this.#parent = options.parent;
  }

  /** How many have not ended long after they should have. */
  get overdue(): number {
    const now = this.#clock.now();
    let count = 0;
    for (const { since } of this.#running.values()) {
      if (now - since > this.#timeout + PATIENCE) count++;
    }
    return count;
  }

  /**
   * Takes note that one starts.
   *
   * @param id The object.
   * @returns What ends it; to be disposed when it has ended.
   */
  start(id: string): RunningReconcile {
    const abort = linkedAbort(this.#parent);
    const run = { abort, since: this.#clock.now(), isMoot: false };
    this.#running.set(id, run);
    return {
      signal: abort.signal,
      get isMoot() {
        return run.isMoot;
      },
      [Symbol.dispose]: () => {
        abort[Symbol.dispose]();
        this.#running.delete(id);
      },
    };
  }

  /**
   * Aborts the reconcile of an object that somebody deletes.
   *
   * @param id The object.
   * @returns Whether one was running.
   */
  abort(id: string): boolean {
    const run = this.#running.get(id);
    if (run === undefined) return false;
    run.isMoot = true;
    run.abort.abort(
      new DOMException(`"${id}" is being deleted`, "AbortError"),
    );
    return true;
  }
}
