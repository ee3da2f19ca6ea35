import type { ExternalEvent, Poller } from "@koprs/koprs/external";

/**
 * A poller that follows a script: for each poll an error, or the keys that
 * change; `-a` removes `a`. What was not taken is told again.
 */
export class ScriptedPoller implements Poller<string> {
  /** What to call it. */
  readonly name = "scripted";
  /** How many polls there have been. */
  polls = 0;
  /** The keys of the events that were taken. */
  readonly takenKeys: string[] = [];
  readonly #script: readonly (Error | readonly string[])[];
  readonly #known = new Set<string>();
  #waiting: ExternalEvent<string>[] = [];

  /**
   * Makes a poller.
   *
   * @param script What happens; nothing after its end.
   */
  constructor(script: readonly (Error | readonly string[])[]) {
    this.#script = script;
  }

  /** Follows the script. */
  poll(): Promise<readonly ExternalEvent<string>[]> {
    const step = this.#script[this.polls++] ?? [];
    if (step instanceof Error) return Promise.reject(step);
    for (const change of step) {
      const key = change.replace(/^-/, "");
      const type = change.startsWith("-")
        ? "removed"
        : this.#known.has(key)
        ? "modified"
        : "added";
      this.#waiting.push({ type, key, object: key });
    }
    return Promise.resolve([...this.#waiting]);
  }

  /** Notes what was dealt with. */
  taken(event: ExternalEvent<string>): void {
    this.takenKeys.push(event.key);
    this.#waiting = this.#waiting.filter((other) => other !== event);
    if (event.type === "removed") this.#known.delete(event.key);
    else this.#known.add(event.key);
  }
}
