import { invalid } from "../http/status_errors.ts";
import { isTrue } from "../http/request_info.ts";
import type { RequestContext } from "../http/request_context.ts";
import {
  type FieldError,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
  tooLong,
} from "../validation/field_error.ts";

/** Query parameters of a write. */
export interface WriteOptions {
  /** Whether nothing is stored. */
  readonly dryRun: boolean;
  /** Who writes. */
  readonly manager: string;
  /** What happens to unknown and repeated fields. */
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
  /** Whether fields are taken from other managers. */
  readonly force: boolean;
}

/** Names of the options in messages. */
export type WriteOptionsKind =
  | "CreateOptions"
  | "UpdateOptions"
  | "PatchOptions"
  | "DeleteOptions";

const VALIDATIONS = ["", "Ignore", "Strict", "Warn"];

/**
 * Reads the query parameters of a write.
 *
 * @param context The request.
 * @param kind Name of the options in messages.
 * @param isApply Whether the write is a server-side apply.
 * @returns The options.
 * @throws {StatusError} 422 if one is wrong.
 */
export function writeOptions(
  { query, request }: RequestContext,
  kind: WriteOptionsKind,
  isApply = false,
): WriteOptions {
  const manager = query.get("fieldManager") ?? "";
  const validation = query.get("fieldValidation") ?? "";
  const dryRun = query.getAll("dryRun").filter((value) => value !== "");
  const force = query.get("force");
  const errors: FieldError[] = [];
  if (kind === "PatchOptions") {
    if (isApply && manager === "") {
      errors.push(required("fieldManager", "is required for apply patch"));
    } else if (!isApply && force !== null) {
      const why = "may not be specified for non-apply patch";
      errors.push(forbiddenField("force", why));
    }
  }
  errors.push(...managerErrors(manager), ...dryRunErrors(dryRun));
  if (!VALIDATIONS.includes(validation)) {
    errors.push(notSupported("fieldValidation", validation, VALIDATIONS));
  }
  if (errors.length > 0) {
    throw invalid({ group: "meta.k8s.io", name: kind }, { name: "", errors });
  }
  return {
    dryRun: dryRun.length > 0,
    manager: manager || managerOf(request.headers.get("user-agent") ?? ""),
    fieldValidation: validation === "Ignore" || validation === "Strict"
      ? validation
      : "Warn",
    force: isTrue(force),
  };
}

/**
 * Names the field manager of a request that does not.
 *
 * @param userAgent The `User-Agent` header.
 * @returns What comes before the first slash.
 */
export function managerOf(userAgent: string): string {
  return userAgent.split("/")[0]?.slice(0, 128) ?? "";
}

/** Checks the dry-run parameter, which knows only `All`. */
export function dryRunErrors(dryRun: readonly string[]): FieldError[] {
  return dryRun.every((value) => value === "All")
    ? []
    : [notSupported("dryRun", dryRun, ["All"])];
}

function managerErrors(manager: string): FieldError[] {
  const errors: FieldError[] = [];
  if (manager.length > 128) errors.push(tooLong("fieldManager", 128));
  const at = manager.search(/[^\P{C}\u00ad]/u);
  if (at >= 0) {
    const code = manager.codePointAt(at)?.toString(16).toUpperCase() ?? "";
    const why = `invalid character U+${
      code.padStart(4, "0")
    } (at position ${at})`;
    errors.push(invalidValue("fieldManager", manager, why));
  }
  return errors;
}
