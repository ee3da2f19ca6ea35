import type { InformedReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import type { MetricsRegistry } from "../telemetry/metrics.ts";
import type { Clock } from "../timing/clock.ts";
import type { SharedInformerOptions } from "../watch/shared_informers.ts";
import type { Predicate } from "./predicate.ts";
import type { KeyedBackoffOptions } from "./rate_limiter.ts";
import type { ReconcileContext, ReconcileResult } from "./reconciler.ts";
import type { Source } from "./source.ts";

/**
 * Options of a `Controller`.
 *
 * @typeParam T The object type.
 */
export interface ControllerOptions<T extends KubeObject>
  extends SharedInformerOptions<T> {
  /**
   * What it is called in logs and metrics.
   *
   * @default {the kind in lower case}
   */
  readonly name?: string | undefined;
  /**
   * How many objects are reconciled at the same time.
   *
   * @default {1}
   */
  readonly concurrency?: number | undefined;
  /**
   * Which changes of an object call for a reconcile.
   *
   * @default {specOrMetadataChanged}
   */
  readonly predicate?: Predicate<T> | undefined;
  /**
   * Kinds whose objects have an object of this kind as owner, by
   * `ownerReferences`: a change of one reconciles its owner.
   *
   * @default {[]}
   */
  readonly owns?: readonly InformedReader<KubeObject>[] | undefined;
  /**
   * What else calls for a reconcile.
   *
   * @default {[]}
   */
  readonly sources?: readonly Source<T>[] | undefined;
  /** The delays between retries of an object that fails. */
  readonly backoff?: KeyedBackoffOptions | undefined;
  /**
   * How long one reconcile may take, in milliseconds, before it counts as
   * failed and its signal aborts.
   *
   * @default {300000}
   */
  readonly timeout?: number | undefined;
  /**
   * Decides what follows a failure, instead of a retry with growing delays.
   *
   * @default {a retry with growing delays}
   */
  readonly errorPolicy?:
    | ((
      error: unknown,
      failed: { readonly object: T; readonly context: ReconcileContext<T> },
    ) => ReconcileResult)
    | undefined;
  /**
   * Where metrics go.
   *
   * @default {the instruments of the process}
   */
  readonly registry?: MetricsRegistry | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}
