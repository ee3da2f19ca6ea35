import type { RequestContext } from "../http/request_context.ts";

/**
 * Tells whoever asked, and the journal, what the server has not done.
 *
 * @param context The request.
 * @param limits What it has not done.
 */
export function noteLimits(
  { warnings, notes }: Pick<RequestContext, "warnings" | "notes">,
  limits: readonly string[],
): void {
  if (limits.length === 0) return;
  warnings.push(...limits);
  notes.limits = [...new Set([...notes.limits ?? [], ...limits])];
}
