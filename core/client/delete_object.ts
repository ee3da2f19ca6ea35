import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { isNotFound } from "./api_error.ts";
import { decodeObject, type DecodeOptions, isGone } from "./decode.ts";
import type { Exchange } from "./exchange.ts";
import type { WriteResult } from "./object_cache.ts";
import { parseAnswer } from "./parse_answer.ts";
import type { DeleteOptions } from "./request_options.ts";
import { resourcePath } from "./resource_path.ts";

/** One deletion. */
export interface ObjectDeletion<T extends KubeObject> {
  /** The kind. */
  readonly kind: Kind<T, Scope>;
  /** The key of the object. */
  readonly key: ObjectKey;
  /** What the caller asked for. */
  readonly options: DeleteOptions;
}

/**
 * Asks for the deletion of an object, and tells the caches.
 *
 * @typeParam T The object type.
 * @param exchange The client's parts.
 * @param deletion The kind, the key, the options.
 * @returns `false` if there was none.
 * @throws {ApiError} If a precondition does not hold, or another refusal.
 */
export async function deleteObject<T extends KubeObject>(
  { transport, caches, fieldManager, strings }: Exchange,
  { kind, key, options }: ObjectDeletion<T>,
): Promise<boolean> {
  const send = async (): Promise<unknown> => {
    const path = resourcePath(kind, key);
    const { text } = await transport.request({
      method: "DELETE",
      path,
      contentType: "application/json",
      body: JSON.stringify(deletionBody(options)),
      signal: options.signal,
      timeout: options.timeout,
      lane: options.lane,
    });
    return parseAnswer({ method: "DELETE", path }, text);
  };
  try {
    if (options.dryRun === true) await send();
    else {
      await caches.write<T, void>(kind, key, async () => ({
        value: undefined,
        result: deletionResult(await send(), { kind, fieldManager, strings }),
      }));
    }
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/**
 * Makes the body of a deletion.
 *
 * @param options What the caller asked for.
 * @returns What the API server expects.
 */
export function deletionBody(options: DeleteOptions): object {
  const { uid, resourceVersion } = options;
  const guarded = uid !== undefined || resourceVersion !== undefined;
  return {
    apiVersion: "v1",
    kind: "DeleteOptions",
    propagationPolicy: options.propagationPolicy,
    gracePeriodSeconds: options.gracePeriodSeconds,
    preconditions: guarded ? { uid, resourceVersion } : undefined,
    dryRun: options.dryRun === true ? ["All"] : undefined,
  };
}

/** A Status says that the object is gone; an object may wait for finalizers. */
function deletionResult<T extends KubeObject>(
  answer: unknown,
  options: DecodeOptions<T>,
): WriteResult<T> {
  const { kind: answered, details } = answer as {
    readonly kind?: string;
    readonly details?: { readonly uid?: string };
  };
  if (answered !== options.kind.kind) {
    return details?.uid === undefined ? {} : { goneUid: details.uid };
  }
  const object = decodeObject(answer, options);
  if (object === undefined) return {};
  const { deletionTimestamp, uid } = object.metadata;
  return deletionTimestamp === undefined || isGone(object)
    ? { goneUid: uid }
    : { object };
}
