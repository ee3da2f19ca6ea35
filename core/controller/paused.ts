import type { KubeObject } from "../kind/object.ts";
import type { Logger } from "../telemetry/logger.ts";

/**
 * Whether somebody asks to leave an object alone, by an annotation `"true"`.
 *
 * @example Ask
 * ```ts
 * import { isPaused } from "./paused.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const annotations = { "koprs.dev/paused": "true" };
 * assertEquals(isPaused({ metadata: { annotations } }, "koprs.dev/paused"), true);
 * assertEquals(isPaused({ metadata: { annotations } }, false), false);
 * ```
 *
 * @param object The object.
 * @param annotation The annotation; `false` if there is none.
 * @returns Whether it is paused.
 */
export function isPaused(
  { metadata }: {
    readonly metadata: Pick<KubeObject["metadata"], "annotations">;
  },
  annotation: string | false,
): boolean {
  return annotation !== false && metadata.annotations?.[annotation] === "true";
}

/** Tells people once when an object is paused, and when it is not any more. */
export class PauseLog {
  readonly #annotation: string | false;
  readonly #told = new Set<string>();

  /**
   * Knows of no object yet.
   *
   * @param annotation The annotation that pauses.
   */
  constructor(annotation: string | false) {
    this.#annotation = annotation;
  }

  /**
   * Looks at an object that would be reconciled.
   *
   * @param id The object.
   * @param options Its state, and where to tell.
   * @returns Whether it is paused.
   */
  check(
    id: string,
    { object, logger }: {
      readonly object: KubeObject;
      readonly logger: Logger;
    },
  ): boolean {
    const paused = isPaused(object, this.#annotation);
    if (paused && !this.#told.has(id)) {
      this.#told.add(id);
      logger.info("Paused", { key: id, annotation: this.#annotation });
    } else if (!paused && this.#told.delete(id)) {
      logger.info("Not paused any more", { key: id });
    }
    return paused;
  }

  /**
   * Forgets an object.
   *
   * @param id The object.
   */
  forget(id: string): void {
    this.#told.delete(id);
  }
}
