import { PATIENCE } from "./operator_world.ts";

/** Remembers calls, and waits for them. */
export class CallLog {
  /** The calls so far, in order. */
  readonly calls: string[] = [];
  readonly #checks = new Set<() => void>();

  /**
   * Counts the calls of one name.
   *
   * @param call The name.
   * @returns How many there were.
   */
  count(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }

  /**
   * Remembers a call.
   *
   * @param call Its name.
   */
  add(call: string): void {
    this.calls.push(call);
    for (const check of this.#checks) check();
  }

  /**
   * Waits until a call has been made often enough.
   *
   * @param call Its name.
   * @param count How often.
   * @throws {Error} If that takes too long.
   */
  async until(call: string, count = 1): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = (): void => {
      if (this.count(call) >= count) resolve();
    };
    const late = AbortSignal.timeout(PATIENCE);
    late.addEventListener("abort", () => {
      reject(new Error(`Not ${count} times "${call}": ${this.calls}`));
    });
    this.#checks.add(check);
    check();
    await promise.finally(() => this.#checks.delete(check));
  }
}
