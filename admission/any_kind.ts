import type { Kind } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";

/** An object of a kind that is not known. */
export interface AnyObject extends KubeObject {
  /** A part of the object. */
  readonly [field: string]: unknown;
}

/**
 * Stands for every kind, in webhooks that look at objects of several kinds.
 *
 * @example Deny without a label, whatever it is
 * ```ts
 * import { allow, anyKind, deny, validatingWebhook } from "@koprs/koprs/admission";
 * import { assertEquals } from "@std/assert";
 *
 * const webhook = validatingWebhook(anyKind, ({ object }) =>
 *   object.metadata.labels?.team === undefined
 *     ? deny("The label team is missing")
 *     : allow());
 * assertEquals(webhook.path, "/validate");
 * ```
 */
export const anyKind: Kind<AnyObject> = Object.freeze({
  group: "*",
  version: "*",
  apiVersion: "*/*",
  kind: "*",
  plural: "*",
  scope: "Namespaced",
});
