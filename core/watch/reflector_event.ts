import type { ListFilter } from "../client/request_options.ts";
import type { BackoffOptions } from "../timing/backoff.ts";
import type { Clock } from "../timing/clock.ts";

/**
 * What a reflector tells of the objects it follows.
 *
 * @typeParam T The object type.
 */
export type ReflectorEvent<T> =
  | {
    /** An object came or changed. */
    readonly type: "applied";
    /** The object now. */
    readonly object: T;
  }
  | {
    /** An object went, or no longer matches the filter. */
    readonly type: "deleted";
    /** Its last state. */
    readonly object: T;
  }
  | {
    /** Everything was listed: what is not in the list does not exist. */
    readonly type: "replaced";
    /** All objects there are. */
    readonly objects: readonly T[];
    /** The version of the list. */
    readonly resourceVersion: string;
  };

/** What a reflector is doing. */
export interface ReflectorState {
  /** Reading the complete list, following changes, or waiting to try again. */
  readonly phase: "listing" | "watching" | "waiting";
  /** The last failure, until the API server has sent something again. */
  readonly error?: unknown;
  /** When waiting, for how long, in milliseconds. */
  readonly retryIn?: number;
}

/**
 * Options of a reflector.
 *
 * @typeParam T The object type.
 */
export interface ReflectorOptions<T> extends ListFilter {
  /**
   * The namespace.
   *
   * @default {all of them}
   */
  readonly namespace?: string | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
  /**
   * How long to wait after failures.
   *
   * @default {800 ms, doubled up to 30 s}
   */
  readonly backoff?: BackoffOptions | undefined;
  /**
   * How many objects a page holds, where lists cannot be streamed.
   *
   * @default {500}
   */
  readonly pageSize?: number | undefined;
  /**
   * Changes each object before anything else sees it, as to drop large parts;
   * name, namespace, uid and resourceVersion must stay.
   *
   * @default {undefined} Objects stay as they are.
   */
  readonly transform?: ((object: T) => T) | undefined;
  /**
   * Hears of each change of state.
   *
   * @default {undefined} Nobody does.
   */
  readonly onState?: ((state: ReflectorState) => void) | undefined;
  /**
   * Hears each time that the server has sent something, if only a bookmark,
   * or that a request failed: a sign that the reflector works.
   *
   * @default {undefined} Nobody does.
   */
  readonly onSign?: (() => void) | undefined;
}
