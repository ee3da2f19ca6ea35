/** Options of {@linkcode allow}. */
export interface AllowOptions {
  /**
   * What the user should know; kubectl shows it. The API server cuts a text
   * after 256 characters, and all texts after 4096.
   *
   * @default {[]}
   */
  readonly warnings?: readonly string[];
  /**
   * What the audit log should hold; the API server puts the name of the
   * webhook before each key.
   *
   * @default {{}}
   */
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

/** Options of {@linkcode deny}. */
export interface DenyOptions extends AllowOptions {
  /**
   * The HTTP status that the user gets, from 400 to 599.
   *
   * @default 403
   */
  readonly code?: number;
  /**
   * Why, as one CamelCase word that programs can read.
   *
   * @default the usual one of the code, as `"Forbidden"`
   */
  readonly reason?: string;
  /**
   * What exactly is wrong, field by field.
   *
   * @default {[]}
   */
  readonly causes?: readonly DenialCause[];
}

/** One finding of a {@linkcode deny}. */
export interface DenialCause {
  /** Where, as `"spec.replicas"`. */
  readonly field: string;
  /** What is wrong. */
  readonly message: string;
  /**
   * Why, as one CamelCase word.
   *
   * @default {"FieldValueInvalid"}
   */
  readonly reason?: string;
}

/** A request may go on. */
export interface Allowed extends AllowOptions {
  /** Tells it from a {@linkcode Denied}. */
  readonly allowed: true;
}

/** A request may not go on. */
export interface Denied extends AllowOptions {
  /** Tells it from an {@linkcode Allowed}. */
  readonly allowed: false;
  /** What the user gets. */
  readonly status: DenialStatus;
}

/** The status of a {@linkcode Denied}. */
export interface DenialStatus {
  /** The HTTP status. */
  readonly code: number;
  /** Why, for people. */
  readonly message: string;
  /** Why, for programs. */
  readonly reason?: string;
  /** What exactly is wrong. */
  readonly details?: {
    /** Field by field. */
    readonly causes: readonly DenialCause[];
  };
}

/** What a webhook says about a request. */
export type Decision = Allowed | Denied;

const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  422: "Invalid",
  429: "TooManyRequests",
};

/**
 * Lets a request go on.
 *
 * @example Allow with a warning
 * ```ts
 * import { allow } from "@koprs/koprs/admission";
 * import { assertEquals } from "@std/assert";
 *
 * const decision = allow({ warnings: ["spec.color is deprecated"] });
 * assertEquals(decision.allowed, true);
 * ```
 *
 * @param options Warnings and audit annotations.
 * @returns The decision.
 */
export function allow(options: AllowOptions = {}): Allowed {
  return { ...options, allowed: true };
}

/**
 * Stops a request.
 *
 * @example Deny
 * ```ts
 * import { deny } from "@koprs/koprs/admission";
 * import { assertEquals } from "@std/assert";
 *
 * const { status } = deny("spec.replicas must not exceed 10");
 * assertEquals(status.code, 403);
 * assertEquals(status.reason, "Forbidden");
 * ```
 *
 * @param message Why, for the user; the API server puts the name of the
 * webhook before it.
 * @param options Code, reason, warnings, audit annotations.
 * @returns The decision.
 * @throws {RangeError} If the code is no error.
 */
export function deny(message: string, options: DenyOptions = {}): Denied {
  const { code = 403, reason = REASONS[code], causes = [], ...rest } = options;
  if (!Number.isInteger(code) || code < 400 || code > 599) {
    throw new RangeError(`Cannot deny with code ${code}: use one from 400 on`);
  }
  return {
    ...rest,
    allowed: false,
    status: {
      code,
      message,
      ...reason === undefined ? {} : { reason },
      ...causes.length === 0 ? {} : { details: { causes: causes.map(cause) } },
    },
  };
}

function cause(found: DenialCause): DenialCause {
  return { ...found, reason: found.reason ?? "FieldValueInvalid" };
}
