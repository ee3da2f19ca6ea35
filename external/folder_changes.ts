import type { Clock } from "../core/timing/clock.ts";
import { linkedAbort } from "../core/timing/linked_abort.ts";
import { permissionError } from "../core/client/permissions.ts";
import { sleep } from "../core/timing/sleep.ts";
import { PollError } from "./poll_error.ts";

/** How to wait for a change. */
export interface ChangeWaitOptions {
  /** How long to wait, in milliseconds. */
  readonly timeout: number;
  /** Ends the wait. */
  readonly signal: AbortSignal | undefined;
  /** Where time comes from. */
  readonly clock: Clock;
}

/**
 * Notices that something in a folder changes, not what.
 *
 * @example Wait for a change that does not come
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { FolderChanges } from "./folder_changes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * {
 *   await using changes = new FolderChanges(folder);
 *   const options = { timeout: 1, signal: undefined, clock: systemClock };
 *   assertEquals(await changes.wait(options), false);
 * }
 * await Deno.remove(folder);
 * ```
 */
export class FolderChanges implements AsyncDisposable {
  readonly #watcher: Deno.FsWatcher;
  readonly #pump: Promise<void>;
  #changed = Promise.withResolvers<void>();

  /**
   * Starts to look.
   *
   * @param folder The path of the folder.
   * @throws {PollError} If there is none.
   * @throws {ConfigError} If Deno may not read it.
   */
  constructor(folder: string) {
    this.#watcher = watch(folder);
    this.#pump = this.#notice();
  }

  /**
   * Waits for a change since the last wait.
   *
   * @param options How long.
   * @returns Whether there was one.
   */
  async wait({ timeout, signal, clock }: ChangeWaitOptions): Promise<boolean> {
    using link = linkedAbort(signal);
    const waiting = sleep(timeout, { signal: link.signal, clock });
    const changed = await Promise.race([
      this.#changed.promise.then(() => true),
      waiting.then(() => false, () => false),
    ]);
    link.abort();
    if (changed) this.#changed = Promise.withResolvers();
    return changed;
  }

  /** Stops to look. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watcher.close();
    await this.#pump;
  }

  async #notice(): Promise<void> {
    for await (const { kind } of this.#watcher) {
      if (kind !== "access") this.#changed.resolve();
    }
  }
}

function watch(folder: string): Deno.FsWatcher {
  try {
    return Deno.watchFs(folder);
  } catch (error) {
    const failure = `Cannot watch "${folder}"`;
    if (error instanceof Deno.errors.NotCapable) {
      throw permissionError(failure, [{ name: "read", path: folder }]);
    }
    const why = error instanceof Deno.errors.NotFound
      ? "it does not exist"
      : "the system refuses it";
    throw new PollError(`${failure}: ${why}`);
  }
}
