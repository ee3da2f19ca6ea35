import { ConnectionError } from "./connection_error.ts";
import {
  type ApplyConflict,
  applyConflicts,
  type StatusDetails,
} from "./status_details.ts";

/** What an {@linkcode ApiError} holds besides its message. */
export interface ApiErrorOptions extends ErrorOptions {
  /** HTTP status code. */
  readonly code: number;
  /** Machine-readable reason. @default {"Unknown"} */
  readonly reason?: string;
  /** What the failure concerns. */
  readonly details?: StatusDetails | undefined;
  /** How long to wait before the next try, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * Says that the API server refused a request, or ended a watch.
 *
 * The message names the method, the path and what the server said.
 *
 * @example Make one in a test
 * ```ts
 * import { ApiError } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new ApiError("gone", { code: 404, reason: "NotFound" });
 * assertEquals(error.conflicts, []);
 * ```
 */
export class ApiError extends Error {
  /** The name of the class. */
  override readonly name = "ApiError";
  /** HTTP status code, such as 404. */
  readonly code: number;
  /** Machine-readable reason, such as `"NotFound"`. */
  readonly reason: string;
  /** What the failure concerns; absent when the server sent no `Status`. */
  readonly details: StatusDetails | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** The fields other managers own, after a refused apply. */
  readonly conflicts: readonly ApplyConflict[];

  /**
   * Makes an error.
   *
   * @param message What was refused, and why.
   * @param options Code, reason and details.
   */
  constructor(message: string, options: ApiErrorOptions) {
    super(message, options);
    this.code = options.code;
    this.reason = options.reason ?? "Unknown";
    this.details = options.details;
    this.retryAfter = options.retryAfter;
    this.conflicts = applyConflicts(options.details);
  }
}

/**
 * Whether an error says that the object, or its kind, does not exist.
 *
 * @example Treat an absent object as done
 * ```ts
 * import { ApiError, isNotFound } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isNotFound(new ApiError("no", { code: 404, reason: "NotFound" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isNotFound(error: unknown): boolean {
  return hasReason(error, "NotFound", 404);
}

/**
 * Whether an error says that the object is not, or no longer, what the request assumed.
 *
 * @example Read again after a conflict
 * ```ts
 * import { ApiError, isConflict } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isConflict(new ApiError("no", { code: 409, reason: "Conflict" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isConflict(error: unknown): boolean {
  return hasReason(error, "Conflict");
}

/**
 * Whether an error says that an object of that name exists.
 *
 * @example Create an object unless it exists
 * ```ts
 * import { ApiError, isAlreadyExists } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isAlreadyExists(new ApiError("no", { code: 409, reason: "AlreadyExists" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isAlreadyExists(error: unknown): boolean {
  return hasReason(error, "AlreadyExists");
}

/**
 * Whether an error says that the caller may not do that.
 *
 * @example Notice missing rights
 * ```ts
 * import { ApiError, isForbidden } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isForbidden(new ApiError("no", { code: 403, reason: "Forbidden" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isForbidden(error: unknown): boolean {
  return hasReason(error, "Forbidden", 403);
}

/**
 * Whether an error says that the credentials are not accepted.
 *
 * @example Notice expired credentials
 * ```ts
 * import { ApiError, isUnauthorized } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isUnauthorized(new ApiError("no", { code: 401, reason: "Unauthorized" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isUnauthorized(error: unknown): boolean {
  return hasReason(error, "Unauthorized", 401);
}

/**
 * Whether an error says that the object breaks a rule of its schema.
 *
 * @example Give up on an invalid object
 * ```ts
 * import { ApiError, isInvalid } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isInvalid(new ApiError("no", { code: 422, reason: "Invalid" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isInvalid(error: unknown): boolean {
  return hasReason(error, "Invalid", 422);
}

/**
 * Whether an error says that the server asks for fewer requests.
 *
 * @example Slow down
 * ```ts
 * import { ApiError, isTooManyRequests } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isTooManyRequests(new ApiError("no", { code: 429, reason: "TooManyRequests" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isTooManyRequests(error: unknown): boolean {
  return hasReason(error, "TooManyRequests", 429);
}

/**
 * Whether an error says that other managers own fields that were applied.
 *
 * @example Tell a field conflict from a changed object
 * ```ts
 * import { ApiError, isApplyConflict } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const options = { code: 409, reason: "Conflict" };
 * assert(!isApplyConflict(new ApiError("changed meanwhile", options)));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} with conflicts.
 */
export function isApplyConflict(error: unknown): boolean {
  return error instanceof ApiError && error.conflicts.length > 0;
}

/**
 * Whether an error says that a resource version or page is too old.
 *
 * @example List again
 * ```ts
 * import { ApiError, isExpired } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isExpired(new ApiError("too old", { code: 410, reason: "Expired" })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} of that reason.
 */
export function isExpired(error: unknown): boolean {
  return hasReason(error, "Expired", 410);
}

/**
 * Whether an error says that the namespace is being deleted.
 *
 * @example Stop creating objects
 * ```ts
 * import { ApiError, isNamespaceTerminating } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const details = { causes: [{ reason: "NamespaceTerminating" }] };
 * const error = new ApiError("no", { code: 403, reason: "Forbidden", details });
 * assert(isNamespaceTerminating(error));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} with that cause.
 */
export function isNamespaceTerminating(error: unknown): boolean {
  return hasCause(error, "NamespaceTerminating");
}

/**
 * Whether an error says that a PodDisruptionBudget forbids an eviction.
 *
 * @example Ask again later
 * ```ts
 * import { ApiError, isDisruptionBlocked } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const details = { causes: [{ reason: "DisruptionBudget" }] };
 * assert(isDisruptionBlocked(new ApiError("no", { code: 429, details })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether it is an {@linkcode ApiError} with that cause.
 */
export function isDisruptionBlocked(error: unknown): boolean {
  return hasCause(error, "DisruptionBudget");
}

/**
 * Whether an error says that no answer came in time; a write may have happened.
 *
 * @example Read before writing again
 * ```ts
 * import { ApiError, isTimeout } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * assert(isTimeout(new ApiError("etcd is slow", { code: 504 })));
 * ```
 *
 * @param error What was thrown.
 * @returns Whether the server or the client gave up waiting.
 */
export function isTimeout(error: unknown): boolean {
  return error instanceof ConnectionError && error.kind === "timeout" ||
    hasReason(error, "Timeout", 504) || hasReason(error, "ServerTimeout");
}

/** The reason counts; the code where it can mean nothing else. */
function hasReason(error: unknown, reason: string, code?: number): boolean {
  return error instanceof ApiError &&
    (error.reason === reason || error.code === code);
}

function hasCause(error: unknown, cause: string): boolean {
  return error instanceof ApiError &&
    (error.details?.causes ?? []).some(({ reason }) => reason === cause);
}
