import { ConfigError } from "../core/client/config_error.ts";
import { connectionErrorFrom } from "../core/client/connection_error.ts";
import { PollError } from "./poll_error.ts";

/**
 * Turns what the library of a vendor throws into an error that may be shown.
 *
 * Only its code and HTTP status are kept: messages, requests and answers in
 * such errors hold keys, signatures and URLs with tokens.
 *
 * @example Keep the code
 * ```ts
 * import { vendorError } from "./vendor_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const thrown = Object.assign(new Error("key AKIA… is unknown"), {
 *   name: "InvalidAccessKeyId",
 *   $metadata: { httpStatusCode: 403 },
 * });
 * const error = vendorError('Cannot list "s3://flags"', thrown);
 * assertEquals(
 *   error.message,
 *   'Cannot list "s3://flags": InvalidAccessKeyId (403)',
 * );
 * ```
 *
 * @param failure What could not be done, such as `'Cannot list "x"'`.
 * @param error What was thrown.
 * @returns The error; errors of this library as they are.
 */
export function vendorError(failure: string, error: unknown): Error {
  if (error instanceof PollError) return error;
  const denial = denialIn(error);
  if (denial !== undefined) {
    return new ConfigError(
      `${failure}: Deno lacks a permission, ${flagOf(denial.message)}`,
    );
  }
  const code = statusOf(error);
  const reason = reasonOf(error) ?? connectionReason(error) ??
    "the answer cannot be used";
  const status = code === undefined ? "" : ` (${code})`;
  const retryAfter = retryAfterOf(error);
  return new PollError(`${failure}: ${reason}${status}`, { code, retryAfter });
}

/**
 * The HTTP status of what the library of a vendor throws.
 *
 * @example Read it
 * ```ts
 * import { statusOf } from "./vendor_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(statusOf({ statusCode: 404 }), 404);
 * ```
 *
 * @param error What was thrown.
 * @returns The status; `undefined` if there was no answer.
 */
export function statusOf(error: unknown): number | undefined {
  const candidates = [
    field(field(error, "$metadata"), "httpStatusCode"), // AWS
    field(error, "statusCode"), // Azure
    field(error, "code"), // Google
    field(field(error, "response"), "status"),
  ];
  return candidates.find((value): value is number =>
    typeof value === "number" && value >= 300 && value < 600
  );
}

/** Some libraries wrap what Deno throws. */
function denialIn(error: unknown): Error | undefined {
  let inner = error;
  for (let depth = 0; depth < 5; depth++) {
    if (inner instanceof Deno.errors.NotCapable) return inner;
    inner = field(inner, "cause");
  }
  return undefined;
}

/** The flag that grants what a library asked for. */
function flagOf(message: string): string {
  const [, kind, what] = /^Requires (\w+) access to "([^"]+)"/.exec(message) ??
    [];
  return kind === undefined
    ? "see its documentation"
    : `start it with --allow-${kind}=${what}`;
}

/** Why there was no answer, where `fetch` says it. */
function connectionReason(error: unknown): string | undefined {
  const { kind, message } = connectionErrorFrom(error, "it");
  return kind === "other"
    ? undefined
    : message.slice("Cannot reach it: ".length);
}

const UNTELLING = [
  "Error",
  "TypeError",
  "SyntaxError",
  "RestError",
  "GaxiosError",
  "REQUEST_SEND_ERROR",
];

/** A code such as `AccessDenied` or `ECONNREFUSED`, if it looks like one. */
function reasonOf(error: unknown): string | undefined {
  const candidates = [field(error, "code"), field(error, "name")];
  return candidates.find((value): value is string =>
    typeof value === "string" && /^[A-Z]\w{3,60}$/.test(value) &&
    !UNTELLING.includes(value)
  );
}

/** Seconds, as S3 and Azure write them. */
function retryAfterOf(error: unknown): number | undefined {
  const headers = field(
    field(error, "$response") ?? field(error, "response"),
    "headers",
  );
  const seconds = headers instanceof Headers
    ? headers.get("retry-after")
    : field(headers, "retry-after");
  return typeof seconds === "string" && /^\d{1,6}$/.test(seconds)
    ? Number(seconds) * 1_000
    : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
