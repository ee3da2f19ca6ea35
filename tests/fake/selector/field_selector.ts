import { badRequest } from "../http/status_errors.ts";
import type { Requirement } from "./label_requirement.ts";

/**
 * Reads a field selector.
 *
 * @param text As in a query, e.g. `metadata.name=a,status.phase!=Failed`.
 * @returns The conditions, all of which must hold.
 * @throws {StatusError} 400 if it is none.
 */
export function parseFieldSelector(text: string): Requirement[] {
  return split(text).filter((part) => part !== "").map((part) => {
    const match = /^((?:\\.|[^=!\\])*)(==|!=|=)(.*)$/s.exec(part);
    const [, key, operator, value = ""] = match ?? [];
    if (key === undefined) {
      throw badRequest(
        `invalid selector: '${text}'; can't understand '${part}'`,
      );
    }
    return {
      key,
      operator: operator === "!=" ? "!=" as const : "=" as const,
      values: [unescape(value)],
    };
  }).filter(({ key, values: [value] }) => key !== "" || value !== "");
}

/** Splits at commas that no backslash escapes. */
function split(text: string): string[] {
  return text.match(/(?:\\.|\\$|[^,\\])+/gs) ?? [];
}

function unescape(value: string): string {
  const wrong = /^(?:[^\\]|\\[\\,=])*(\\[^\\,=]|\\$)/.exec(value)?.[1];
  if (wrong !== undefined) {
    throw badRequest(
      `invalid field selector: invalid escape sequence: ${wrong}`,
    );
  }
  return value.replace(/\\([\\,=])/g, "$1");
}
