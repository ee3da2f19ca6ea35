/** Which requests a fault hits: those that have all that is given. */
export interface FaultMatch {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `apply`, … */
  readonly verb?: string;
  /** API group; empty for the core group. */
  readonly group?: string;
  /** Plural name of the resource. */
  readonly resource?: string;
  /** Subresource; empty for none. */
  readonly subresource?: string;
  /** Namespace. */
  readonly namespace?: string;
  /** Name of the object. */
  readonly name?: string;
  /** Field manager. */
  readonly manager?: string;
  /**
   * How many requests it hits.
   *
   * @default {Infinity}
   */
  readonly times?: number;
  /**
   * How many matching requests pass before.
   *
   * @default {0}
   */
  readonly after?: number;
}

/** A failure that is answered instead of the real answer. */
export interface FailAnswer {
  /** HTTP status code. */
  readonly code: number;
  /**
   * Reason of the Status.
   *
   * @default {"InternalError"} or what fits the code
   */
  readonly reason?: string;
  /**
   * Message of the Status.
   *
   * @default {"injected fault"}
   */
  readonly message?: string;
  /**
   * When to ask again, in seconds.
   *
   * @default {undefined} not said
   */
  readonly retryAfterSeconds?: number;
}

/** What happens to a request that a fault hits; exactly one. */
export type FaultEffect =
  /** Answers a failure and does nothing. */
  | { readonly fail: number | FailAnswer }
  /** Waits, in milliseconds of the clock of the server, then answers. */
  | { readonly delay: number }
  /** Never answers. */
  | { readonly hang: true }
  /** Breaks the connection: `"request"` does nothing, `"answer"` does it all. */
  | { readonly drop: "request" | "answer" }
  /** Breaks the connection after so many bytes of the answer. */
  | { readonly truncateAt: number }
  /** Sends the answer in chunks of so many bytes. */
  | { readonly splitAt: number }
  /** Lists what there was at this resourceVersion. */
  | { readonly staleList: string };

/** A fault that can be ended. */
export interface Fault extends Disposable {
  /** How many requests it has hit. */
  readonly hits: number;
  /** Ends the fault. */
  remove(): void;
}
