import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import type { CacheRegistry } from "./cache_registry.ts";
import { decodeObject, isGone } from "./decode.ts";
import type { WriteResult } from "./object_cache.ts";
import { expectKind, parseAnswer } from "./parse_answer.ts";
import type { WriteOptions } from "./request_options.ts";
import { resourcePath } from "./resource_path.ts";
import type { SharedStrings } from "./shared_strings.ts";
import type { ApiRequest, ApiResponse, Transport } from "./transport.ts";

/** What the resource clients of one client share. */
export interface Exchange {
  /** Sends requests. */
  readonly transport: Transport;
  /** The running informers. */
  readonly caches: CacheRegistry;
  /** Who owns the fields that are written. */
  readonly fieldManager: string;
  /** Strings that objects have in common. */
  readonly strings: SharedStrings;
  /** Whether only metadata is read. */
  readonly metadataOnly?: boolean | undefined;
}

/** One write of an object. */
export interface ObjectWrite {
  /** The HTTP method. */
  readonly method: ApiRequest["method"];
  /** The key of the object. */
  readonly key: ObjectKey;
  /** The path, when it is not that of the object. */
  readonly path?: string;
  /** The part of the object that is written. */
  readonly subresource?: string | undefined;
  /** The media type of the body. */
  readonly contentType: string;
  /** What is sent. */
  readonly body: unknown;
  /** Whether other managers lose fields that are applied. */
  readonly force?: boolean | undefined;
  /** What the caller asked for. */
  readonly options: WriteOptions;
}

/** What a write led to. */
export interface Written<T> {
  /** The object as the API server returned it. */
  readonly object: T;
  /** Whether it did not exist before. */
  readonly created: boolean;
}

/** The request of one write. */
export interface WriteRequest
  extends Pick<ObjectWrite, "method" | "contentType" | "body" | "force"> {
  /** The path. */
  readonly path: string;
  /** What the caller asked for. */
  readonly options: WriteOptions;
}

/**
 * Sends a write, and tells nobody.
 *
 * @param exchange The client's parts.
 * @param write The write.
 * @returns The answer.
 */
export function requestWrite(
  { transport, fieldManager }: Exchange,
  { method, path, contentType, body, force, options }: WriteRequest,
): Promise<ApiResponse> {
  return transport.request({
    method,
    path,
    query: {
      fieldManager: options.fieldManager ?? fieldManager,
      force,
      fieldValidation: options.fieldValidation,
      dryRun: options.dryRun === true ? "All" : undefined,
    },
    contentType,
    body: JSON.stringify(body),
    signal: options.signal,
    timeout: options.timeout,
    lane: options.lane,
  });
}

/**
 * Sends a write of an object, and feeds the answer to the caches.
 *
 * @typeParam T The object type.
 * @param exchange The client's parts.
 * @param write The write, with its kind.
 * @returns The object, and whether it is new.
 */
export async function writeObject<T extends KubeObject>(
  exchange: Exchange,
  write: ObjectWrite & { readonly kind: Kind<T, Scope> },
): Promise<Written<T>> {
  const { caches, fieldManager, strings } = exchange;
  const { kind, key, options } = write;
  const path = write.path ??
    resourcePath(kind, { ...keyOf(key), subresource: write.subresource });
  const send = async (): Promise<Written<T>> => {
    const response = await requestWrite(exchange, { ...write, path });
    const { method } = write;
    const answer = parseAnswer({ method, path }, response.text);
    const value = write.subresource === undefined
      ? expectKind(answer, { request: { method, path }, kinds: [kind.kind] })
      : answer;
    const object = decodeObject(value, { kind, fieldManager, strings });
    if (object === undefined) {
      throw new TypeError(
        `Cannot read the answer to ${method} ${path}: it is no object`,
      );
    }
    return { object, created: response.status === 201 };
  };
  if (options.dryRun === true) return await send();
  return await caches.write(kind, key, async () => {
    const value = await send();
    return { value, result: resultOf(value.object, kind) };
  });
}

function resultOf<T extends KubeObject>(
  object: T,
  kind: Kind<T, Scope>,
): WriteResult<T> {
  // A subresource such as `scale` answers with an object of another kind.
  if (object.kind !== kind.kind) return {};
  // The write that takes the last finalizer away is the end of the object.
  return isGone(object) ? { goneUid: object.metadata.uid } : { object };
}

/**
 * Takes the key out of live metadata, which has more in it.
 *
 * @param key The key.
 * @returns Name and namespace alone.
 */
export function keyOf({ name, namespace }: ObjectKey): ObjectKey {
  return namespace === undefined ? { name } : { name, namespace };
}
