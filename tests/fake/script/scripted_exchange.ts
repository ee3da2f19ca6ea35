/** One request that is expected, and what it is answered. */
export interface ScriptedExchange {
  /** The method. */
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path, decoded, without the query. */
  readonly path: string;
  /**
   * Query parameters that the request must have; `null` for one that it must
   * not have. Others may be there.
   *
   * @default {{}}
   */
  readonly query?: Readonly<Record<string, string | null>> | undefined;
  /**
   * Headers that the request must have. Others may be there.
   *
   * @default {{}}
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * The body, as JSON, whatever the order of its fields.
   *
   * @default {undefined} Any.
   */
  readonly body?: unknown;
  /**
   * Status code of the answer.
   *
   * @default {200}
   */
  readonly status?: number | undefined;
  /**
   * The answer, as JSON; text is sent as it is.
   *
   * @default {undefined} From 400 on a Status that fits the code, else `{}`.
   */
  readonly reply?: unknown;
  /**
   * Headers of the answer, as `{ "retry-after": "1" }`.
   *
   * @default {{}}
   */
  readonly replyHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Events of a watch, which are sent instead of `reply` as they come; then
   * the watch ends.
   *
   * @default {undefined} No watch.
   */
  readonly events?:
    | Iterable<ScriptedEvent>
    | AsyncIterable<ScriptedEvent>
    | undefined;
  /**
   * What is thrown instead of any answer, as when the network fails.
   *
   * @default {undefined} There is an answer.
   */
  readonly error?: Error | undefined;
}

/** One event of a watch. */
export interface ScriptedEvent {
  /** What happened. */
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  /** The object after it, or a Status. */
  readonly object: unknown;
}

/** A request as it came. */
export interface SeenRequest {
  /** The method. */
  readonly method: string;
  /** The path, decoded, without the query. */
  readonly path: string;
  /** The query parameters. */
  readonly query: Readonly<Record<string, string>>;
  /** The headers. */
  readonly headers: Headers;
  /** The body, parsed if it is JSON; `undefined` without. */
  readonly body: unknown;
}
