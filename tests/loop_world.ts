import { Registry } from "prom-client";
import { CacheRegistry } from "../core/client/cache_registry.ts";
import { Controller } from "../core/controller/controller.ts";
import type { ControllerOptions } from "../core/controller/controller_options.ts";
import type { Reconciler } from "../core/controller/reconciler.ts";
import type { KubeObject } from "../core/kind/object.ts";
import { FakeClock } from "./fake/fake_clock.ts";
import {
  ScriptedReader,
  type ScriptedWatch,
  widget,
} from "./scripted_reader.ts";

/** A controller whose API server and clock a test plays. */
export interface LoopWorld extends AsyncDisposable {
  /** The controller. */
  readonly controller: Controller<KubeObject>;
  /** The clock of the controller. */
  readonly clock: FakeClock;
  /** The watch of its kind, listed. */
  readonly watch: ScriptedWatch;
  /** The caches, to make writes of one's own. */
  readonly caches: CacheRegistry;
  /** Shows an object, and lets the controller react. */
  show(
    type: "ADDED" | "MODIFIED" | "DELETED",
    object: KubeObject,
  ): Promise<void>;
  /** Reads a metric, by its line without the value. */
  metric(line: string): Promise<number | undefined>;
}

/**
 * Starts a controller on a kind Widget.
 *
 * @param reconcile Its reconciler.
 * @param options Its options, and what exists at the start.
 * @returns The world; disposing it stops the controller.
 */
export async function loopWorld(
  reconcile: Reconciler<KubeObject>,
  options: ControllerOptions<KubeObject> & {
    readonly objects?: readonly KubeObject[];
  } = {},
): Promise<LoopWorld> {
  const { objects = [], ...rest } = options;
  const clock = new FakeClock();
  const registry = new Registry();
  const caches = new CacheRegistry();
  const reader = Object.assign(new ScriptedReader(), { caches });
  const controller = new Controller(reader, reconcile, {
    clock,
    registry,
    backoff: { jitter: 0, random: () => 0 },
    ...rest,
  });
  const stop = new AbortController();
  const running = controller.run({ signal: stop.signal });
  const watch = await reader.streamedList(objects, "100");
  await clock.advance(0);
  return {
    controller,
    clock,
    watch,
    caches,
    async show(type, object): Promise<void> {
      watch.send([{ type, object }]);
      await clock.advance(0);
    },
    async metric(line): Promise<number | undefined> {
      const text = await registry.metrics();
      const found = text.split("\n").find((each) =>
        each.startsWith(`${line} `)
      );
      return found === undefined ? found : Number(found.slice(line.length));
    },
    async [Symbol.asyncDispose](): Promise<void> {
      stop.abort();
      await clock.advance(0);
      await running;
    },
  };
}

/**
 * A Widget with some metadata.
 *
 * @param resourceVersion Its version.
 * @param metadata What it has besides.
 * @returns The object.
 */
export function widgetWith(
  resourceVersion: string,
  metadata: Partial<KubeObject["metadata"]> = {},
): KubeObject {
  const object = widget("a", resourceVersion);
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}
