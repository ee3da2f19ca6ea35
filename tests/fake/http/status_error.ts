import type { JsonObject } from "../schema/type_schema.ts";

/** One cause in the details of a Status. */
export interface StatusCause {
  /** Why, e.g. `FieldValueInvalid`; empty without. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /** Path of the field; empty if it is about none. */
  readonly field: string;
}

/** The details of a Status. */
export interface StatusDetails {
  /** Name of the object. */
  readonly name?: string;
  /** API group of the kind. */
  readonly group?: string;
  /** Resource, or kind where the server says so. */
  readonly kind?: string;
  /** Unique id of the object. */
  readonly uid?: string;
  /** Single causes. */
  readonly causes?: readonly StatusCause[];
  /** When to ask again, in seconds. */
  readonly retryAfterSeconds?: number;
}

/** What a {@linkcode StatusError} says. */
export interface StatusErrorOptions {
  /** HTTP status code. */
  readonly code: number;
  /** Machine-readable reason. @default {undefined} none */
  readonly reason?: string | undefined;
  /** Details. @default {undefined} none */
  readonly details?: StatusDetails | undefined;
  /** Token that continues an expired list. @default {undefined} none */
  readonly continueToken?: string | undefined;
}

/** A failure that the server answers as a Status. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  /** HTTP status code. */
  readonly code: number;
  /** The Status, in the order of fields in which the server writes them. */
  readonly status: JsonObject;
  /** When to ask again, in seconds. */
  readonly retryAfterSeconds: number | undefined;

  /**
   * Makes the failure.
   *
   * @param message What the server says.
   * @param options Code, reason and details.
   */
  constructor(message: string, options: StatusErrorOptions) {
    super(message);
    const { code, reason, details, continueToken } = options;
    this.code = code;
    this.retryAfterSeconds = details?.retryAfterSeconds;
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: continueToken === undefined ? {} : { continue: continueToken },
      status: "Failure",
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(details === undefined ? {} : { details: inOrder(details) }),
      code,
    };
  }
}

function withoutEmpty({ reason, message, field }: StatusCause): JsonObject {
  return {
    ...(reason ? { reason } : {}),
    message,
    ...(field ? { field } : {}),
  };
}

function inOrder(details: StatusDetails): JsonObject {
  const { name, group, kind, uid, causes, retryAfterSeconds } = details;
  return {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(kind ? { kind } : {}),
    ...(uid ? { uid } : {}),
    ...(causes?.length ? { causes: causes.map(withoutEmpty) } : {}),
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
  };
}
