import type { Logger } from "../telemetry/logger.ts";
import type { ReflectorState } from "./reflector_event.ts";

/** Options of a {@linkcode ReflectorStatus}. */
export interface ReflectorStatusOptions {
  /** Where to log. */
  readonly logger: Logger;
  /** What is followed; goes into each record. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Says what people can do about a failure. */
  readonly advise?: ((error: unknown) => string | undefined) | undefined;
  /** Hears of each change. */
  readonly onState?: ((state: ReflectorState) => void) | undefined;
  /** Hears of each answer and failure. */
  readonly onSign?: (() => void) | undefined;
}

/** Tells people and programs what a reflector is doing, without flooding. */
export class ReflectorStatus {
  readonly #options: ReflectorStatusOptions;
  readonly #warned = new Set<string>();
  #state: ReflectorState | undefined;
  #logged: string | undefined;

  /**
   * Makes a status of nothing yet.
   *
   * @param options Whom to tell.
   */
  constructor(options: ReflectorStatusOptions) {
    this.#options = options;
  }

  /**
   * A list or watch starts; the last error stays until the server answers.
   *
   * @param phase Which of them.
   */
  begin(phase: "listing" | "watching"): void {
    const error = this.#state?.error;
    this.#set(error === undefined ? { phase } : { phase, error });
  }

  /**
   * The server has sent something.
   *
   * @param phase What is going on.
   */
  answered(phase: "listing" | "watching"): void {
    if (this.#logged !== undefined) {
      this.#options.logger.info("Following objects again", this.#context());
    }
    this.#logged = undefined;
    this.#options.onSign?.();
    this.#set({ phase });
  }

  /**
   * A list or watch failed; the same message is a warning only once in a row.
   *
   * @param error What was thrown.
   * @param retryIn When it is tried again, in milliseconds.
   */
  failed(error: unknown, retryIn: number): void {
    const { logger, advise } = this.#options;
    // Ports, times and versions differ each time; the failure is the same.
    const text = String(error).replaceAll(/\d+/g, "#");
    const advice = advise?.(error);
    const record = this.#context({
      error,
      ...advice !== undefined && { advice },
      retryIn: Math.round(retryIn),
    });
    if (retryIn === 0) {
      logger.info("Listing objects again", record);
    } else if (text === this.#logged) {
      logger.debug("Cannot follow objects", record);
    } else {
      logger.warning("Cannot follow objects", record);
    }
    if (retryIn > 0) this.#logged = text;
    this.#options.onSign?.();
    this.#set({ phase: "waiting", error, retryIn });
  }

  /**
   * A list cannot be streamed, and is read by pages.
   *
   * @param error Why.
   */
  fellBack(error: unknown): void {
    const record = this.#context({ error });
    this.#options.logger.debug("Listing objects by pages", record);
  }

  /**
   * Logs an oddity, once.
   *
   * @param message What is odd; constant.
   */
  warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#options.logger.warning(message, this.#context());
  }

  #context(more?: Record<string, unknown>): Record<string, unknown> {
    return { ...this.#options.context, ...more };
  }

  #set(state: ReflectorState): void {
    const old = this.#state;
    this.#state = state;
    if (
      old?.phase !== state.phase || old.error !== state.error ||
      old.retryIn !== state.retryIn
    ) {
      this.#options.onState?.(state);
    }
  }
}
