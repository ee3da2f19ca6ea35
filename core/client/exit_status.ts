import { apiErrorFromStatus } from "./api_status.ts";

/** How a command in a container ended. */
export interface ExitStatus {
  /** The exit code; 0 means success. */
  readonly code: number;
  /** Why it is not 0, as `"NonZeroExitCode"`. */
  readonly reason?: string;
  /** Why it is not 0, for people. */
  readonly message?: string;
}

/** A command that ended is told from one that could not be run. */
const NON_ZERO = "NonZeroExitCode";

/**
 * Reads how a command ended from what came on the error channel.
 *
 * @example Read an exit code
 * ```ts
 * import { readExitStatus } from "./exit_status.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const status = readExitStatus('{"status":"Success"}', "/api/v1/…/exec");
 * assertEquals(status, { code: 0 });
 * ```
 *
 * @param text A `Status`, as JSON.
 * @param path The path of the request, for messages.
 * @returns The exit code.
 * @throws {ApiError} If the command could not be run, or not to its end.
 */
export function readExitStatus(text: string, path: string): ExitStatus {
  if (parse(text)?.status === "Success") return { code: 0 };
  const { reason, details, message } = apiErrorFromStatus(text);
  const code = details?.causes?.find(({ reason }) => reason === "ExitCode")
    ?.message;
  if (reason !== NON_ZERO || code === undefined || !/^\d+$/.test(code)) {
    throw apiErrorFromStatus(text, { path, method: "GET" });
  }
  return { code: Number(code), reason, message };
}

function parse(text: string): { readonly status?: unknown } | undefined {
  try {
    // Any JSON but null has members to look for.
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
