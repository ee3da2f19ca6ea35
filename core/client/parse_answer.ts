import { ConnectionError } from "./connection_error.ts";
import type { ApiRequest } from "./transport.ts";

/**
 * Parses an answer that must be JSON; a failure quotes nothing of it.
 *
 * @example Parse an answer
 * ```ts
 * import { parseAnswer } from "./parse_answer.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const request = { method: "GET", path: "/version" } as const;
 * assertEquals(parseAnswer(request, '{"major":"1"}'), { major: "1" });
 * assertThrows(() => parseAnswer(request, "<html>"), Error, "it is no JSON");
 * ```
 *
 * @param request The request, for the message.
 * @param text The answer.
 * @returns The value.
 * @throws {ConnectionError} If it is no JSON, as that of a proxy.
 */
export function parseAnswer(
  { method, path }: Pick<ApiRequest, "method" | "path">,
  text: string,
): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectionError(
      `Cannot read the answer to ${method} ${path}: it is no JSON`,
      { kind: "other" },
    );
  }
}

/**
 * Takes an answer for an object of a kind, or says what else it is.
 *
 * @example Take a list for an object
 * ```ts
 * import { expectKind } from "./parse_answer.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const request = { method: "GET", path: "/api/v1/pods" } as const;
 * assertThrows(
 *   () => expectKind({ kind: "PodList" }, { request, kinds: ["Pod"] }),
 *   Error,
 *   "it is a PodList, not a Pod",
 * );
 * ```
 *
 * @param value The parsed answer.
 * @param options The request, for the message, and the kinds that will do; an
 *   answer without a kind needs metadata.
 * @returns The object.
 * @throws {ConnectionError} If it is something else, as that of a proxy.
 */
export function expectKind(
  value: unknown,
  { request, kinds }: {
    readonly request: Pick<ApiRequest, "method" | "path">;
    readonly kinds: readonly [string, ...string[]];
  },
): object {
  const { kind, metadata } = Object(value) as Record<string, unknown>;
  const fits = kind === undefined
    ? metadata instanceof Object
    : kinds.some((name) => name === kind);
  if (fits) return Object(value);
  throw otherKind(request, { kind, wanted: `a ${kinds[0]}` });
}

/** What the API server answers to a list, as far as it counts. */
export interface ObjectList {
  /** The objects. */
  readonly items: readonly unknown[];
  /** The version of the world, and where to go on. */
  readonly metadata?: {
    readonly resourceVersion?: string;
    readonly continue?: string;
  };
}

/**
 * Takes an answer for a list of any kind, or says what else it is.
 *
 * @example Take an object for a list
 * ```ts
 * import { expectList } from "./parse_answer.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const request = { method: "GET", path: "/api/v1/pods" } as const;
 * assertThrows(
 *   () => expectList({ kind: "Status" }, request),
 *   Error,
 *   "it is a Status, not a list",
 * );
 * ```
 *
 * @param value The parsed answer.
 * @param request The request, for the message.
 * @returns The list; no items are an empty array.
 * @throws {ConnectionError} If it is something else, as that of a proxy.
 */
export function expectList(
  value: unknown,
  request: Pick<ApiRequest, "method" | "path">,
): ObjectList {
  const list = Object(value) as Partial<ObjectList> & { kind?: unknown };
  const { kind, items } = list;
  if (Array.isArray(items)) return { ...list, items };
  if (items === null) return { ...list, items: [] }; // Go's empty slice
  throw otherKind(request, { kind, wanted: "a list" });
}

function otherKind(
  { method, path }: Pick<ApiRequest, "method" | "path">,
  { kind, wanted }: { readonly kind: unknown; readonly wanted: string },
): ConnectionError {
  const found = typeof kind === "string" && /^\w{1,63}$/.test(kind)
    ? `a ${kind}`
    : "no object of Kubernetes";
  return new ConnectionError(
    `Cannot use the answer to ${method} ${path}: it is ${found}, not ${wanted}`,
    { kind: "other" },
  );
}
