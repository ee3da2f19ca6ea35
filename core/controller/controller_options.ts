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
  /**
   * How important it is to reconcile an object; the most important ones come
   * first, but none waits for ever: 30 s make up for 1. Namespaces of equal
   * importance take turns.
   *
   * @default {-1 for objects of the first list and for resyncs, else 0}
   */
  readonly priority?:
    | ((object: T, reasons: ReadonlySet<string>) => number)
    | undefined;
  /**
   * The annotation that makes the controller leave an object alone while it
   * is `"true"`, also when the object is deleted; `false` for none.
   *
   * @default {"koprs.dev/paused"}
   */
  readonly pauseAnnotation?: string | false | undefined;
  /**
   * How long after its last reconcile an object is reconciled again, in
   * milliseconds, up to a tenth later.
   *
   * @default {undefined} Only when something happens.
   */
  readonly resync?: number | undefined;
  /** The delays between retries of an object that fails. */
  readonly backoff?: KeyedBackoffOptions | undefined;
  /**
   * How many times in a row an object may fail; then it waits for a change.
   *
   * @default {Infinity}
   */
  readonly maxAttempts?: number | undefined;
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
