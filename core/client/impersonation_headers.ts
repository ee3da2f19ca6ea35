import type { Impersonation } from "./config.ts";

/**
 * Writes the headers of an impersonation; groups and extra values repeat.
 *
 * @example Act as a user of two groups
 * ```ts
 * import { impersonationHeaders } from "./impersonation_headers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const headers = impersonationHeaders({ user: "jane", groups: ["a", "b"] });
 * assertEquals(headers, [
 *   ["impersonate-user", "jane"],
 *   ["impersonate-group", "a"],
 *   ["impersonate-group", "b"],
 * ]);
 * ```
 *
 * @param impersonation Whom to act as.
 * @returns Names and values.
 */
export function impersonationHeaders(
  impersonation: Impersonation | undefined,
): [string, string][] {
  if (impersonation === undefined) return [];
  const { user, uid, groups = [], extra = {} } = impersonation;
  const headers: [string, string][] = [["impersonate-user", user]];
  if (uid !== undefined) headers.push(["impersonate-uid", uid]);
  for (const group of groups) headers.push(["impersonate-group", group]);
  for (const [key, values] of Object.entries(extra)) {
    const name = `impersonate-extra-${encodeURIComponent(key.toLowerCase())}`;
    for (const value of values) headers.push([name, value]);
  }
  return headers;
}
