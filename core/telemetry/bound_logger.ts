import type { Logger, LogLevel } from "./logger.ts";

type Properties = Readonly<Record<string, unknown>>;

/**
 * A logger that adds the same properties to each record.
 *
 * @example Say which object it is about
 * ```ts
 * import { getLogger } from "@koprs/koprs/core";
 * import { BoundLogger } from "./bound_logger.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const logger = new BoundLogger(getLogger("example"), { key: "default/a" });
 * logger.info("Looking at an object");
 * assertEquals(logger.category, ["koprs", "example"]);
 * ```
 */
export class BoundLogger implements Logger {
  readonly #logger: Logger;
  readonly #bound: Properties;

  /**
   * Adds properties to what another logger says.
   *
   * @param logger The other logger.
   * @param bound The properties; those of a record win.
   */
  constructor(logger: Logger, bound: Properties) {
    this.#logger = logger;
    this.#bound = bound;
  }

  /** The part, outer first. */
  get category(): readonly string[] {
    return this.#logger.category;
  }

  /** Tells what only developers of the library need. */
  trace(message: string, properties?: Record<string, unknown>): void {
    this.#logger.trace(message, { ...this.#bound, ...properties });
  }

  /** Tells what helps to find a fault. */
  debug(message: string, properties?: Record<string, unknown>): void {
    this.#logger.debug(message, { ...this.#bound, ...properties });
  }

  /** Tells a change of state. */
  info(message: string, properties?: Record<string, unknown>): void {
    this.#logger.info(message, { ...this.#bound, ...properties });
  }

  /** Tells what failed and will be tried again. */
  warning(message: string, properties?: Record<string, unknown>): void {
    this.#logger.warning(message, { ...this.#bound, ...properties });
  }

  /** Tells what failed and needs a person. */
  error(message: string, properties?: Record<string, unknown>): void {
    this.#logger.error(message, { ...this.#bound, ...properties });
  }

  /** Whether anybody listens. */
  isEnabledFor(level: LogLevel): boolean {
    return this.#logger.isEnabledFor(level);
  }
}
