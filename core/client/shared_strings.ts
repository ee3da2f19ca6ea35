/** Up to this length V8 shares the strings of JSON by itself. */
const SHORT = 10;
/** Nobody has so many labels on purpose. */
const MAX_MEMBERS = 1_000;

/**
 * Lets objects that follow each other share their equal strings.
 *
 * `JSON.parse` makes a new string for each value of more than ten characters,
 * so that a hundred thousand objects hold as many copies of their namespace.
 * Only the last value of each member is remembered: lists come in order, and a
 * label that differs from object to object must cost next to nothing.
 *
 * @example Two parsed objects, one string
 * ```ts
 * import { SharedStrings } from "./shared_strings.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const strings = new SharedStrings();
 * const metadata = { namespace: "a-long-namespace", labels: { app: "web" } };
 * strings.share(metadata);
 * assertEquals(metadata.labels, { app: "web" });
 * ```
 */
export class SharedStrings {
  readonly #last = new Map<string, string>();

  /**
   * Puts the strings of earlier metadata in the place of equal ones.
   *
   * @param metadata Metadata that nobody else has seen yet; is changed.
   */
  share(metadata: Record<string, unknown>): void {
    this.#shareMember(metadata, "namespace");
    this.#shareMember(metadata, "creationTimestamp");
    this.#shareAll(metadata.labels);
    this.#shareAll(metadata.finalizers);
  }

  #shareAll(members: unknown): void {
    if (typeof members !== "object" || members === null) return;
    for (const key in members) {
      this.#shareMember(members as Record<string, unknown>, key);
    }
  }

  #shareMember(members: Record<string, unknown>, key: string): void {
    const value = members[key];
    if (typeof value !== "string" || value.length <= SHORT) return;
    const last = this.#last.get(key);
    if (last === value) {
      members[key] = last;
      return;
    }
    if (this.#last.size >= MAX_MEMBERS) this.#last.clear();
    this.#last.set(key, value);
  }
}
