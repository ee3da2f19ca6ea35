import { Event } from "../builtin/events_v1.ts";
import { isNamespaceTerminating, isNotFound } from "../client/api_error.ts";
import type { Client } from "../client/client.ts";
import { mergePatch } from "../client/patch.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import type { NamespacedKey } from "../kind/scope.ts";
import { getLogger, type Logger } from "../telemetry/logger.ts";
import { type Clock, systemClock } from "../timing/clock.ts";
import { TokenBucket } from "../timing/token_bucket.ts";
import { type EventDetails, eventObject, microTime } from "./event_object.ts";
import { LruMap } from "./lru_map.ts";
import { reportingInstance } from "./reporting_instance.ts";

/** How long repetitions may be apart to be one series, in milliseconds. */
const seriesWindow = 6 * 60_000;
/** How often the count of a series is written, in milliseconds. */
const seriesInterval = 30_000;
/** How many requests one object may cause at once. */
const burst = 25;
/** After how long one more is allowed, in milliseconds. */
const refill = 5 * 60_000;
/** How many series, and how many objects, are remembered. */
const maxKnown = 4096;
/** How long a request may take; a reconcile waits for it, in milliseconds. */
const timeout = 10_000;

/** Options of {@linkcode EventRecorder}. */
export interface EventRecorderOptions {
  /** Who reports: the name of the operator, as `"example.io/operator"`. */
  readonly controller: string;
  /**
   * Which process reports.
   *
   * @default {POD_NAME or HOSTNAME where they may be read, else random}
   */
  readonly instance?: string | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** An event to record. */
export interface RecordedEvent extends EventDetails {
  /**
   * Ends the request.
   *
   * @default {undefined} Nothing does.
   */
  readonly signal?: AbortSignal | undefined;
}

/** An Event that is counted up. */
interface Series {
  readonly key: NamespacedKey;
  count: number;
  lastSeen: number;
  nextWrite: number;
  isWriting: boolean;
}

/**
 * Records events, which `kubectl describe` shows.
 *
 * Events are hints, so recording never fails a reconcile: what goes wrong is
 * logged. Like client-go's recorder for `events.k8s.io/v1` it protects the API
 * server:
 *
 * - A repetition within six minutes, of the same object, type, reason and
 *   action, counts up the first Event, every 30 seconds at most. The note of
 *   the first stays, as the API server demands.
 * - An object may cause 25 requests at once, and one more each five minutes.
 *
 * @example Tell what was done
 * ```ts
 * import { ConfigMap, Event } from "@koprs/koprs/builtin";
 * import { Client, EventRecorder } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const metadata = { name: "app", namespace: "default" };
 * const object = await client.resource(ConfigMap).create({ metadata });
 *
 * const recorder = new EventRecorder(client, { controller: "example.io/sync" });
 * await recorder.record(object, {
 *   type: "Normal",
 *   reason: "Synced",
 *   action: "Apply",
 *   note: "ConfigMap is up to date",
 * });
 *
 * const notes = [];
 * for await (const { note } of client.resource(Event).list()) notes.push(note);
 * assertEquals(notes, ["ConfigMap is up to date"]);
 * ```
 */
export class EventRecorder {
  readonly #events: ResourceClient<Event, "Namespaced">;
  readonly #controller: string;
  readonly #instance: string;
  readonly #clock: Clock;
  readonly #logger: Logger = getLogger("events");
  readonly #series = new LruMap<string, Series>(maxKnown);
  readonly #buckets = new LruMap<string, TokenBucket>(maxKnown);
  #sequence = 0;

  /**
   * Makes a recorder; nothing is sent yet.
   *
   * @param client The client.
   * @param options Who reports.
   * @throws {TypeError} If the API server would refuse the controller's name.
   */
  constructor(
    client: Pick<Client, "resource">,
    { controller, instance, clock = systemClock }: EventRecorderOptions,
  ) {
    const name = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
    const domain = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
    if (!new RegExp(`^(${domain}/)?${name}$`).test(controller)) {
      throw new TypeError(
        `Cannot record events: controller ${JSON.stringify(controller)} ` +
          `is not a name such as "example.io/operator"`,
      );
    }
    this.#events = client.resource(Event);
    this.#controller = controller;
    this.#instance = instance ?? reportingInstance();
    this.#clock = clock;
  }

  /**
   * Records that something happened to an object.
   *
   * @param object The object.
   * @param event What happened.
   * @returns Resolves when the request is done; never rejects.
   */
  async record(object: KubeObject, event: RecordedEvent): Promise<void> {
    const { signal, reason } = event;
    try {
      await this.#record(object, event);
    } catch (error) {
      if (signal?.aborted) return;
      // Whoever deletes a namespace does not want to hear about its events.
      const level = isNamespaceTerminating(error) ? "debug" : "warning";
      this.#logger[level]("Cannot record an event", {
        kind: object.kind,
        object: formatKey(object.metadata),
        reason,
        error,
      });
    }
  }

  async #record(object: KubeObject, event: RecordedEvent): Promise<void> {
    const now = this.#clock.now();
    const series = this.#series.get(seriesId(object, event));
    if (series === undefined || now - series.lastSeen > seriesWindow) {
      return await this.#begin(object, event);
    }
    series.count++;
    series.lastSeen = now;
    if (series.isWriting || now < series.nextWrite) return;
    if (!this.#mayRequest(object, event)) return;
    series.nextWrite = now + seriesInterval;
    try {
      await this.#write(series, () => this.#continue(series, event));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await this.#begin(object, event); // it expired
    }
  }

  /** Creates an Event; repetitions that come meanwhile count already. */
  async #begin(object: KubeObject, event: RecordedEvent): Promise<void> {
    if (!this.#mayRequest(object, event)) return;
    const manifest = eventObject(object, event, {
      controller: this.#controller,
      instance: this.#instance,
      date: this.#clock.date(),
      sequence: this.#sequence++,
    });
    const { name, namespace } = manifest.metadata;
    const series = {
      key: { name, namespace },
      count: 1,
      lastSeen: this.#clock.now(),
      nextWrite: 0,
      isWriting: false,
    };
    const id = seriesId(object, event);
    this.#series.set(id, series);
    try {
      const { signal } = event;
      await this.#write(
        series,
        () => this.#events.create(manifest, { signal, timeout }),
      );
    } catch (error) {
      if (this.#series.get(id) === series) this.#series.delete(id);
      throw error;
    }
  }

  async #continue(
    { key, count }: Series,
    { signal }: RecordedEvent,
  ): Promise<void> {
    const lastObservedTime = microTime(this.#clock.date());
    const patch = mergePatch({ series: { count, lastObservedTime } });
    await this.#events.patch(key, patch, { signal, timeout });
  }

  async #write(series: Series, send: () => Promise<unknown>): Promise<void> {
    series.isWriting = true;
    try {
      await send();
    } finally {
      series.isWriting = false;
    }
  }

  #mayRequest(object: KubeObject, { reason }: RecordedEvent): boolean {
    const { uid } = object.metadata;
    const clock = this.#clock;
    const bucket = this.#buckets.get(uid) ??
      new TokenBucket({ burst, interval: refill, clock });
    this.#buckets.set(uid, bucket);
    if (bucket.take()) return true;
    this.#logger.debug("Dropped an event: the object has too many", {
      kind: object.kind,
      object: formatKey(object.metadata),
      reason,
    });
    return false;
  }
}

/** Equal for repetitions; the note is left out, as it often has a value in it. */
function seriesId(
  { metadata }: KubeObject,
  { type, reason, action, related }: EventDetails,
): string {
  const { uid } = metadata;
  return JSON.stringify([uid, type, reason, action, related?.metadata.uid]);
}
