import { getLogger } from "../core/telemetry/logger.ts";
import type { Decision } from "./decision.ts";
import { isRecord } from "./json_record.ts";

/**
 * Makes sure that a handler returned a decision: types do not bind JavaScript.
 *
 * @param value What it returned.
 * @param name The webhook.
 * @returns The decision.
 * @throws {TypeError} If it is something else.
 */
export function checkDecision(value: unknown, name: string): Decision {
  if (!isDecision(value)) {
    throw new TypeError(
      `Cannot answer for webhook "${name}": the handler returned no decision; ` +
        "use allow() and deny()",
    );
  }
  if ("patch" in value || "object" in value) {
    getLogger("admission").warning(
      "Left out the change of a validating webhook: only mutating ones change",
      { webhook: name },
    );
  }
  return value;
}

function isDecision(value: unknown): value is Decision {
  if (!isRecord(value)) return false;
  if (value.allowed === true) return true;
  return value.allowed === false && isRecord(value.status) &&
    typeof value.status.code === "number" &&
    typeof value.status.message === "string";
}
