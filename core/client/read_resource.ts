import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { getLogger } from "../telemetry/logger.ts";
import { isNotFound } from "./api_error.ts";
import { apiErrorFromStatus } from "./api_status.ts";
import { decodeObject } from "./decode.ts";
import { type Exchange, keyOf } from "./exchange.ts";
import { expectKind, expectList, parseAnswer } from "./parse_answer.ts";
import type {
  PageOptions,
  RequestOptions,
  WatchOptions,
} from "./request_options.ts";
import { resourcePath } from "./resource_path.ts";
import type { Page, WatchEvent } from "./resource_reader.ts";
import { type RawWatchEvent, watchBatches } from "./watch_stream.ts";

const INITIAL_EVENTS_END = "k8s.io/initial-events-end";

/** What is read: a kind, through a client's parts. */
export interface ReadTarget<T extends KubeObject> extends Exchange {
  /** The kind. */
  readonly kind: Kind<T, Scope>;
}

/**
 * Reads one object.
 *
 * @typeParam T The object type.
 * @param target The kind and the client's parts.
 * @param key The key.
 * @param options Signal and deadline.
 * @returns The object, or `undefined` without one.
 * @throws {ApiError} If the API server refuses.
 */
export async function readObject<T extends KubeObject>(
  target: ReadTarget<T>,
  key: ObjectKey,
  options: RequestOptions,
): Promise<T | undefined> {
  try {
    const { kind } = target.kind;
    const path = resourcePath(target.kind, keyOf(key));
    const request = { method: "GET", path } as const;
    const { text } = await target.transport.request({
      ...request,
      accept: acceptOf(target, "PartialObjectMetadata"),
      ...options,
    });
    const value = expectKind(parseAnswer(request, text), {
      request,
      kinds: target.metadataOnly ? [kind, "PartialObjectMetadata"] : [kind],
    });
    // The kind vouches for the type of a whole object.
    return target.metadataOnly ? decodeObject(value, target) : value as T;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Lists page by page.
 *
 * @typeParam T The object type.
 * @param target The kind and the client's parts.
 * @param options Namespace, filters, page size.
 * @returns The pages.
 * @throws {ApiError} If the API server refuses.
 */
export async function* readPages<T extends KubeObject>(
  target: ReadTarget<T>,
  options: PageOptions = {},
): AsyncIterableIterator<Page<T>> {
  const { transport, kind } = target;
  const path = resourcePath(kind, { namespace: options.namespace });
  const request = { method: "GET", path } as const;
  let next: string | undefined;
  do {
    const response = await transport.request({
      ...request,
      query: {
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
        limit: options.limit ?? 500,
        continue: next,
        // The token carries the version; the API server refuses both at once.
        resourceVersion: next === undefined
          ? options.resourceVersion
          : undefined,
        resourceVersionMatch: next === undefined
          ? options.resourceVersionMatch
          : undefined,
      },
      accept: acceptOf(target, "PartialObjectMetadataList"),
      signal: options.signal,
    });
    const list = expectList(parseAnswer(request, response.text), request);
    const items = list.items.flatMap((item) =>
      decodeObject(item, target) ?? []
    );
    yield { items, resourceVersion: list.metadata?.resourceVersion ?? "" };
    const token: string | undefined = list.metadata?.continue || undefined;
    if (token !== undefined && token === next) {
      throw new Error(`Cannot list ${path}: the server repeats a page`);
    }
    next = token;
  } while (next !== undefined);
}

/**
 * Watches on one connection; each batch holds what arrived together.
 *
 * @typeParam T The object type.
 * @param target The kind and the client's parts.
 * @param options Namespace, filters, where to start.
 * @returns The batches.
 * @throws {ApiError} If the API server refuses to start.
 */
export async function* readWatch<T extends KubeObject>(
  target: ReadTarget<T>,
  options: WatchOptions = {},
): AsyncIterableIterator<readonly WatchEvent<T>[]> {
  const { transport, kind } = target;
  const initial = options.sendInitialEvents === true;
  const body = await transport.stream({
    method: "GET",
    path: resourcePath(kind, { namespace: options.namespace }),
    query: {
      watch: 1,
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
      resourceVersion: options.resourceVersion,
      allowWatchBookmarks: options.allowBookmarks ?? true,
      sendInitialEvents: initial ? true : undefined,
      resourceVersionMatch: initial ? "NotOlderThan" : undefined,
      timeoutSeconds: options.timeoutSeconds,
    },
    accept: acceptOf(target, "PartialObjectMetadata"),
    signal: options.signal,
  });
  const batches = watchBatches(body, { idleTimeout: options.idleTimeout });
  for await (const batch of batches) {
    const events: WatchEvent<T>[] = [];
    for (const event of batch) {
      const decoded = decodeEvent(event, target);
      if (decoded !== undefined) events.push(decoded);
    }
    yield events;
  }
}

function decodeEvent<T extends KubeObject>(
  { type, object }: RawWatchEvent,
  target: ReadTarget<T>,
): WatchEvent<T> | undefined {
  if (type === "ADDED" || type === "MODIFIED" || type === "DELETED") {
    const decoded = decodeObject(object, target);
    return decoded && { type, object: decoded };
  }
  if (type === "BOOKMARK") {
    const { metadata } = object as Partial<KubeObject>; // JSON of the API server
    return {
      type,
      resourceVersion: metadata?.resourceVersion ?? "",
      initialEventsEnd: metadata?.annotations?.[INITIAL_EVENTS_END] === "true",
    };
  }
  if (type === "ERROR") return { type, error: apiErrorFromStatus(object, {}) };
  getLogger("watch").warning("Ignoring a watch event of unknown type", {
    type: String(type).slice(0, 40),
    kind: target.kind.kind,
  });
  return undefined;
}

/** Asks for metadata where that is enough; old servers send all the same. */
function acceptOf(
  { metadataOnly }: Exchange,
  form: "PartialObjectMetadata" | "PartialObjectMetadataList",
): string | undefined {
  if (metadataOnly !== true) return undefined;
  return `application/json;as=${form};g=meta.k8s.io;v=v1,application/json`;
}
