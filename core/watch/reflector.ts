import { ConfigError } from "../client/config_error.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import { getLogger } from "../telemetry/logger.ts";
import { systemClock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { ListMethod } from "./list_method.ts";
import { listPages } from "./list_pages.ts";
import type { ReflectorEvent, ReflectorOptions } from "./reflector_event.ts";
import { ReflectorProgress } from "./reflector_progress.ts";
import { ReflectorStatus } from "./reflector_status.ts";
import { RetryPolicy } from "./retry_policy.ts";
import { watchAdvice } from "./watch_advice.ts";
import { IDLE_TIMEOUT, watchOnce } from "./watch_once.ts";

export type {
  ReflectorEvent,
  ReflectorOptions,
  ReflectorState,
} from "./reflector_event.ts";

/**
 * Follows the objects of a kind: first a complete list, then each change, and
 * another complete list whenever changes may have been missed.
 *
 * A refusal or a lost connection is retried for ever, more and more slowly;
 * `onState` hears of it. Nothing is lost between a list and the watch that
 * follows it, and no object goes back in time; the last state of each object
 * is kept for that. The protocol is that of client-go's reflector.
 *
 * @example Read the complete list
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, reflectBatches } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * for await (const [event] of reflectBatches(configMaps)) {
 *   assertEquals(event?.type, "replaced");
 *   break;
 * }
 * ```
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options What to follow, and what ends it.
 * @returns What happens, in batches that arrived together; ends when the
 * signal aborts.
 * @throws {TypeError} If the namespace or the page size makes no sense.
 * @throws {ConfigError} If the client cannot work at all; only before the
 * first complete list.
 */
export function reflectBatches<T extends KubeObject>(
  resource: ResourceReader<T>,
  options: ReflectorOptions<T> = {},
): AsyncIterableIterator<readonly ReflectorEvent<T>[]> {
  checkOptions(resource, options);
  return follow(resource, options);
}

async function* follow<T extends KubeObject>(
  resource: ResourceReader<T>,
  options: ReflectorOptions<T>,
): AsyncIterableIterator<readonly ReflectorEvent<T>[]> {
  const { clock = systemClock, backoff, signal } = options;
  const { namespace, labelSelector, fieldSelector } = options;
  const filter = { namespace, labelSelector, fieldSelector, signal };
  const random = backoff?.random ?? Math.random;
  const status = new ReflectorStatus({
    logger: getLogger("reflector"),
    context: { kind: kindId(resource.kind), namespace },
    advise: (error) => watchAdvice(error, resource.kind),
    onState: options.onState,
    onSign: options.onSign,
  });
  const progress = new ReflectorProgress<T>({
    kind: resource.kind,
    transform: options.transform,
    warn: (message) => status.warnOnce(message),
  });
  const method = new ListMethod();
  const policy = new RetryPolicy({ clock, backoff });

  while (!signal?.aborted) {
    const { answers, resourceVersion } = progress;
    const started = clock.now();
    const isListing = resourceVersion === undefined;
    status.begin(isListing ? "listing" : "watching");
    try {
      if (isListing && !method.isStreamed) {
        const limit = options.pageSize ?? 500;
        const list = await listPages(resource, { ...filter, progress, limit });
        method.finished();
        status.answered("listing");
        yield [list];
        continue;
      }
      const watch = { ...filter, progress, clock, random };
      for await (const events of watchOnce(resource, watch)) {
        const isListed = progress.listed === undefined;
        if (isListing && isListed) method.finished();
        status.answered(isListed ? "watching" : "listing");
        if (events.length > 0) yield events;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof ConfigError && !progress.isSynced) throw error;
      const isSilent = progress.answers === answers;
      const isListed = progress.resourceVersion !== undefined;
      if (isListing && !isListed && method.failed(error, !isSilent)) {
        status.fellBack(error);
        continue;
      }
      const { delay, relist } = policy.after({
        error,
        resourceVersion: progress.resourceVersion,
        silent: isSilent && clock.now() - started >= IDLE_TIMEOUT,
      });
      if (relist) progress.forget();
      status.failed(error, delay);
      if (delay > 0 && !await slept(delay)) return;
    }
  }

  /** Waits; tells whether the whole time has passed. */
  async function slept(delay: number): Promise<boolean> {
    try {
      await sleep(delay, { clock, signal });
      return true;
    } catch {
      return false; // the only reason is the signal
    }
  }
}

function checkOptions<T extends KubeObject>(
  { kind }: ResourceReader<T>,
  { namespace, pageSize }: ReflectorOptions<T>,
): void {
  const name = kindId(kind);
  if (namespace !== undefined && kind.scope === "Cluster") {
    throw new TypeError(
      `Cannot follow ${name} in namespace "${namespace}": ` +
        "the kind has no namespaces",
    );
  }
  if (
    namespace !== undefined &&
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace)
  ) {
    throw new TypeError(
      `Cannot follow ${name} in namespace "${namespace}": ` +
        "that is not the name of a namespace",
    );
  }
  if (pageSize !== undefined && !(Number.isInteger(pageSize) && pageSize > 0)) {
    throw new TypeError(
      `Cannot follow ${name}: pageSize must be 1 or more, got ${pageSize}`,
    );
  }
}
