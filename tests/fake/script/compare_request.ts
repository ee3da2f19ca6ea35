import { equalJson } from "../merge/json_value.ts";
import type { ScriptedExchange, SeenRequest } from "./scripted_exchange.ts";

/**
 * Compares a request with what is expected.
 *
 * @param request The request.
 * @param expected What is expected.
 * @returns What differs, for people; `undefined` if nothing does.
 */
export function compareRequest(
  request: SeenRequest,
  expected: ScriptedExchange,
): string | undefined {
  if (nameOf(request) !== nameOf(expected)) {
    return `expected ${nameOf(expected)}`;
  }
  for (const [name, value] of Object.entries(expected.query ?? {})) {
    const seen = request.query[name] ?? null;
    if (seen !== value) {
      return `expected query parameter ${name}=${shown(value)}, not ${
        shown(seen)
      }`;
    }
  }
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const seen = request.headers.get(name);
    if (seen !== value) {
      return `expected header ${name}: ${shown(value)}, not ${shown(seen)}`;
    }
  }
  const { body } = expected;
  if (body === undefined || equalJson(withoutUndefined(body), request.body)) {
    return undefined;
  }
  return `expected body ${shown(body)}, not ${shown(request.body)}`;
}

/**
 * Names a request in a message.
 *
 * @param request The request.
 * @returns Its method and path.
 */
export function nameOf(
  { method, path }: Pick<SeenRequest, "method" | "path">,
): string {
  return `${method} ${path}`;
}

function shown(value: unknown): string {
  return value === null ? "none" : JSON.stringify(value) ?? "none";
}

/** As it would arrive: a test may write `undefined` for what is absent. */
function withoutUndefined(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}
