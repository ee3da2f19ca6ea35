import { ApiError } from "./api_error.ts";
import type { StatusDetails } from "./status_details.ts";

/** Which request an {@linkcode ApiError} is the answer to. */
export interface ApiErrorContext {
  /** HTTP status code; wins over that of the `Status`. */
  readonly code?: number | undefined;
  /** HTTP method. */
  readonly method?: string | undefined;
  /** Path, without the query. */
  readonly path?: string | undefined;
  /** What the `Retry-After` header asks for, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * Makes an error of a `Status`, which may be an object, JSON or any text.
 *
 * @example Understand the end of a watch
 * ```ts
 * import { isExpired } from "@koprs/koprs/core";
 * import { apiErrorFromStatus } from "./api_status.ts";
 * import { assert } from "@std/assert";
 *
 * const object = { kind: "Status", code: 410, reason: "Expired" };
 * assert(isExpired(apiErrorFromStatus(object)));
 * ```
 *
 * @param status What the server sent.
 * @param context The request; it goes into the message.
 * @returns The error.
 */
export function apiErrorFromStatus(
  status: unknown,
  context: ApiErrorContext = {},
): ApiError {
  const { code, reason, message, details } = readFailure(status, context.code);
  const { method, path } = context;
  const seconds = details?.retryAfterSeconds;
  const retryAfter = context.retryAfter ??
    (seconds === undefined ? undefined : seconds * 1000);
  return new ApiError(
    method === undefined || path === undefined
      ? message
      : `Cannot ${method} ${path}: ${message}`,
    { code, reason, details, retryAfter },
  );
}

/** What is known of a failure, whatever form the server gave it. */
interface Failure {
  /** HTTP status code. */
  readonly code: number;
  /** Machine-readable reason, such as `"NotFound"`. */
  readonly reason: string;
  /** What the server said, on one line and shortened. */
  readonly message: string;
  /** What the failure concerns, when the server sent a `Status`. */
  readonly details?: StatusDetails | undefined;
}

/** The reasons of answers without one, as client-go derives them. */
const reasons: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  406: "NotAcceptable",
  409: "Conflict",
  410: "Gone",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/**
 * Reads a failure from a `Status`, from text, or from anything else.
 *
 * A `Status` is known by its members: the API server itself sends some
 * without `kind` and `apiVersion`.
 */
function readFailure(status: unknown, code?: number): Failure {
  const value = typeof status === "string" ? parseStatus(status) : status;
  const fields = isRecord(value) && isStatus(value) ? value : {};
  const number = code ??
    (typeof fields.code === "number" ? fields.code : 500);
  const text = typeof fields.message === "string"
    ? fields.message
    : typeof status === "string"
    ? status
    : "";
  const reason = typeof fields.reason === "string" && fields.reason !== ""
    ? fields.reason
    : reasons[number] ?? "Unknown";
  return {
    code: number,
    reason,
    message: oneLine(text) || `status ${number} without an explanation`,
    details: readDetails(fields.details),
  };
}

/** As long as any message of the API server that is worth reading. */
const longest = 2048;

/** A proxy's page or a tenant's object may end up here, and in a terminal. */
function oneLine(text: string): string {
  return text.slice(0, longest)
    // deno-lint-ignore no-control-regex
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim()
    .replace(/\.$/, "");
}

function parseStatus(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isStatus(value: Readonly<Record<string, unknown>>): boolean {
  return value.kind === "Status" || value.status === "Failure" ||
    typeof value.code === "number" && typeof value.message === "string";
}

function readDetails(value: unknown): StatusDetails | undefined {
  if (!isRecord(value)) return undefined;
  const { causes, retryAfterSeconds } = value;
  return {
    ...texts(value, ["name", "group", "kind", "uid"]),
    ...Array.isArray(causes) && {
      causes: causes.filter(isRecord).map((cause) =>
        texts(cause, ["reason", "message", "field"])
      ),
    },
    ...typeof retryAfterSeconds === "number" && { retryAfterSeconds },
  };
}

/** Takes those members that are texts. */
function texts<K extends string>(
  value: Readonly<Record<string, unknown>>,
  names: readonly K[],
): Partial<Record<K, string>> {
  const taken: Partial<Record<K, string>> = {};
  for (const name of names) {
    const text = value[name];
    if (typeof text === "string") taken[name] = text;
  }
  return taken;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
