import type { Event } from "../builtin/events_v1.ts";
import type { Manifest } from "../kind/configuration.ts";
import type { KubeObject } from "../kind/object.ts";

/** The longest note, in bytes. */
const maxNote = 1024;
/** The longest reason, action or instance, in bytes. */
const maxWord = 128;
/** The longest name of an object. */
const maxName = 253;

/** What happened to an object. */
export interface EventDetails {
  /** Whether somebody should look at it. */
  readonly type: "Normal" | "Warning";
  /** Why, as one CamelCase word, as `"Synced"`; at most 128 bytes. */
  readonly reason: string;
  /** What was done, as one CamelCase word, as `"Apply"`; at most 128 bytes. */
  readonly action: string;
  /** A sentence for people; cut at 1024 bytes. */
  readonly note: string;
  /**
   * Another object that it is about.
   *
   * @default {undefined} None.
   */
  readonly related?: KubeObject | undefined;
}

/** Who reports an event, and when. */
export interface EventOrigin {
  /** The controller, as `"example.io/operator"`. */
  readonly controller: string;
  /** The process. */
  readonly instance: string;
  /** When it happened. */
  readonly date: Date;
  /** Tells apart events of one millisecond; counts up. */
  readonly sequence: number;
}

/**
 * Makes an Event that the API server accepts, whatever it is made of.
 *
 * What is too long is cut. Events of cluster-scoped objects are in `default`,
 * where `kubectl describe` looks for them.
 *
 * @param object The object it is about.
 * @param details What happened.
 * @param origin Who reports it, and when.
 * @returns The Event.
 */
export function eventObject(
  object: KubeObject,
  details: EventDetails,
  origin: EventOrigin,
): Manifest<Event, "Namespaced"> {
  const { namespace = "default" } = object.metadata;
  const { type, related } = details;
  return {
    metadata: { name: eventName(object, origin), namespace },
    eventTime: microTime(origin.date),
    type,
    reason: cut(details.reason, maxWord) || "Unknown",
    action: cut(details.action, maxWord) || "Unknown",
    note: cut(details.note, maxNote),
    regarding: referenceTo(object),
    ...related && { related: referenceTo(related) },
    reportingController: origin.controller,
    reportingInstance: cut(origin.instance, maxWord) || "unknown",
  };
}

/**
 * Writes a time as Kubernetes' `MicroTime`, which takes six digits only.
 *
 * @param date The time.
 * @returns The text.
 */
export function microTime(date: Date): string {
  return date.toISOString().replace("Z", "000Z");
}

/** The name of the object and the time in hexadecimal nanoseconds. */
function eventName({ metadata }: KubeObject, origin: EventOrigin): string {
  const nanoseconds = BigInt(origin.date.getTime()) * 1_000_000n +
    BigInt(origin.sequence % 1_000_000);
  const suffix = `.${nanoseconds.toString(16)}`;
  return `${subdomain(metadata.name, maxName - suffix.length)}${suffix}`;
}

/** Roles may be called `system:node`, but not events. */
function subdomain(name: string, maxLength: number): string {
  const labels = name.toLowerCase().slice(0, maxLength)
    .replaceAll(/[^a-z0-9.]+/g, "-")
    .split(".")
    .map((label) => label.replaceAll(/^-|-$/g, ""));
  return labels.filter((label) => label !== "").join(".") || "object";
}

function referenceTo({ apiVersion, kind, metadata }: KubeObject): {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
} {
  const { name, namespace, uid, resourceVersion } = metadata;
  const place = namespace === undefined ? {} : { namespace };
  return { apiVersion, kind, name, ...place, uid, resourceVersion };
}

/** Cuts at a whole character; the API server counts bytes. */
function cut(text: string, maxBytes: number): string {
  const buffer = new Uint8Array(maxBytes);
  return text.slice(0, new TextEncoder().encodeInto(text, buffer).read);
}
