import type { Kind } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";
import { deepFreeze } from "../core/watch/deep_freeze.ts";
import type {
  AdmissionRequest,
  Operation,
  Submitted,
} from "./admission_request.ts";
import { writeReview } from "./admission_review.ts";
import { describeWebhook, readRequest } from "./admission_webhook.ts";
import { checkDecision } from "./check_decision.ts";
import { allow, type Allowed, type Decision } from "./decision.ts";
import { jsonPatch } from "./json_patch.ts";
import { isRecord } from "./json_record.ts";
import type {
  AdmissionWebhook,
  AdmissionWebhookOptions,
  ReviewReply,
} from "./webhook.ts";

/**
 * The object that is wanted, together with warnings or audit annotations.
 *
 * @typeParam T The type of the stored object.
 */
export interface Changed<T extends KubeObject> extends Allowed {
  /** The object that is wanted. */
  readonly object: Submitted<T>;
}

/**
 * What a {@linkcode MutatingHandler} wants: another object, a decision, or
 * nothing at all.
 *
 * @typeParam T The type of the stored object.
 */
export type Mutation<T extends KubeObject> =
  | Submitted<T>
  | Changed<T>
  | Decision
  | undefined;

/**
 * Says which object is wanted instead of the one in the request.
 *
 * @typeParam T The type of the objects.
 * @typeParam Op The operations.
 */
export type MutatingHandler<
  T extends KubeObject,
  Op extends Operation = "CREATE" | "UPDATE",
> = (
  request: AdmissionRequest<T, Op>,
) => Mutation<T> | Promise<Mutation<T>>;

/**
 * Makes a webhook that changes objects before they are stored.
 *
 * The handler returns the object that it wants; the JSON Patch is computed.
 * The object in the request is frozen: make a new one. The API server may ask
 * again about the object that comes of it, so a second pass should find
 * nothing to change.
 *
 * @example Stamp a label
 * ```ts
 * import { mutatingWebhook } from "@koprs/koprs/admission";
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { assertEquals } from "@std/assert";
 *
 * const webhook = mutatingWebhook(ConfigMap, ({ object }) => {
 *   const { metadata } = object;
 *   const labels = { ...metadata.labels, team: "blue" };
 *   return { ...object, metadata: { ...metadata, labels } };
 * });
 * assertEquals(webhook.path, "/mutate/configmaps/v1");
 * ```
 *
 * @typeParam T The type of the objects.
 * @typeParam Op The operations.
 * @param kind The kind of the objects.
 * @param handler Says what is wanted; to warn as well, it returns
 * `{ ...allow({ warnings }), object }`.
 * @param options Operations, path, name, failure policy and the like.
 * @returns The webhook.
 * @throws {TypeError} If a name or path cannot be used.
 * @throws {RangeError} If the timeout cannot be used.
 */
export function mutatingWebhook<
  T extends KubeObject,
  const Op extends Operation = "CREATE" | "UPDATE",
>(
  kind: Kind<T>,
  handler: MutatingHandler<T, Op>,
  options: AdmissionWebhookOptions<Op> = {},
): AdmissionWebhook {
  const description = describeWebhook(kind, "mutating", options);
  const { name, rules } = description;
  return Object.freeze(
    {
      ...description,
      review(body, context): ReviewReply | Promise<ReviewReply> {
        const request = readRequest<T, Op>(body, { kind, rules, context });
        const { uid, object } = deepFreezeObjects(request);
        const reply = (mutation: Mutation<T>): ReviewReply => {
          const { decision, wanted } = split(mutation, name);
          const isChanged = decision.allowed && wanted !== undefined;
          const patch = isChanged
            ? patchOf(object, { wanted, name })
            : undefined;
          const review = writeReview(uid, decision, patch);
          return { review, isDenied: !decision.allowed };
        };
        const mutation = handler(request);
        return mutation instanceof Promise
          ? mutation.then(reply)
          : reply(mutation);
      },
    } satisfies AdmissionWebhook,
  );
}

/** A handler that changes its argument would change nothing else. */
function deepFreezeObjects<R extends { readonly object: unknown }>(
  request: R,
): R {
  deepFreeze(request.object);
  return request;
}

function split(
  mutation: unknown,
  name: string,
): { readonly decision: Decision; readonly wanted?: unknown } {
  if (mutation === undefined) return { decision: allow() };
  if (isRecord(mutation) && "metadata" in mutation) {
    return { decision: allow(), wanted: mutation };
  }
  if (isRecord(mutation) && "object" in mutation) {
    const { object: wanted, ...decision } = mutation;
    return { decision: checkDecision(decision, name), wanted };
  }
  return { decision: checkDecision(mutation, name) };
}

/** The patch in base64; nothing when there is nothing to change. */
function patchOf(
  object: unknown,
  { wanted, name }: { readonly wanted: unknown; readonly name: string },
): string | undefined {
  if (!isRecord(object) || !isRecord(wanted)) {
    throw new TypeError(
      `Cannot change an object for webhook "${name}": there is none`,
    );
  }
  const moved = identity(object).find(([, value], index) =>
    value !== identity(wanted)[index]?.[1]
  );
  if (moved !== undefined) {
    throw new TypeError(
      `Cannot change ${moved[0]} for webhook "${name}": it names the object`,
    );
  }
  const operations = jsonPatch(object, wanted);
  if (operations.length === 0) return undefined;
  return new TextEncoder().encode(JSON.stringify(operations)).toBase64();
}

/** What an object is called; a mutation must leave that alone. */
function identity(
  { apiVersion, kind, metadata }: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] {
  const { name, namespace, uid } = isRecord(metadata) ? metadata : {};
  return Object.entries({ apiVersion, kind, name, namespace, uid });
}
