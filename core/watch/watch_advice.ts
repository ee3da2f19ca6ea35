import {
  isForbidden,
  isNotFound,
  isUnauthorized,
} from "../client/api_error.ts";
import type { Kind } from "../kind/kind.ts";

/**
 * Says what an administrator can do about a list or watch that is refused.
 *
 * @example Name the rule that is missing
 * ```ts
 * import { ApiError } from "@koprs/koprs/core";
 * import { watchAdvice } from "./watch_advice.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new ApiError("no", { code: 403, reason: "Forbidden" });
 * assertEquals(
 *   watchAdvice(error, { group: "apps", plural: "deployments" }),
 *   'grant apiGroups: ["apps"], resources: ["deployments"], verbs: ["list", "watch"]',
 * );
 * ```
 *
 * @param error What was thrown.
 * @param kind The kind that is followed.
 * @returns The advice; `undefined` if there is none.
 */
export function watchAdvice(
  error: unknown,
  { group, plural }: Pick<Kind, "group" | "plural">,
): string | undefined {
  if (isUnauthorized(error)) return "renew the credentials";
  if (isForbidden(error)) {
    return `grant apiGroups: ["${group}"], resources: ["${plural}"], ` +
      `verbs: ["list", "watch"]`;
  }
  // Groups of Kubernetes itself have no dot, or end in its domain.
  const isCustom = group.includes(".") && !group.endsWith(".k8s.io");
  return isNotFound(error) && isCustom
    ? `install CustomResourceDefinition ${plural}.${group}`
    : undefined;
}
