import { badRequest } from "../http/status_errors.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Says whether a Pod has a node.
 *
 * @param pod The Pod.
 * @returns Whether it has.
 */
export function isOnNode({ spec }: JsonObject): boolean {
  const { nodeName } = (spec ?? {}) as JsonObject; // Checked when stored.
  return typeof nodeName === "string" && nodeName !== "";
}

/**
 * Refuses streams of a Pod without a node.
 *
 * @param pod The Pod.
 * @param name Its name.
 * @throws {StatusError} 400 if it has none.
 */
export function requireNode(pod: JsonObject, name: string): void {
  if (isOnNode(pod)) return;
  throw badRequest(`pod ${name} does not have a host assigned`);
}
