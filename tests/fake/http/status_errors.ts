import { STATUS_CODE } from "@std/http";
import { type FieldError, fieldErrorText } from "../validation/field_error.ts";
import { type StatusCause, StatusError } from "./status_error.ts";

/** Names a group and a resource or kind in an error. */
export interface GroupName {
  /** API group; empty for the core group. */
  readonly group: string;
  /** Resource, or kind where the server says so. */
  readonly name: string;
}

/**
 * Writes a resource or kind with its group, as `widgets.example.io`.
 *
 * @param of The group and the name.
 * @returns The text.
 */
export function qualified(of: GroupName): string {
  return of.group === "" ? of.name : `${of.name}.${of.group}`;
}

/** Says that an object does not exist. */
export function notFound(resource: GroupName, name: string): StatusError {
  return new StatusError(`${qualified(resource)} "${name}" not found`, {
    code: STATUS_CODE.NotFound,
    reason: "NotFound",
    details: { name, group: resource.group, kind: resource.name },
  });
}

/** Says that the server serves nothing at a path of a known group. */
export function noSuchResource(): StatusError {
  return new StatusError("the server could not find the requested resource", {
    code: STATUS_CODE.NotFound,
    reason: "NotFound",
    details: {},
  });
}

/** Says that an object exists already. */
export function alreadyExists(
  resource: GroupName,
  name: string,
  prefix = "",
): StatusError {
  const message = `${prefix}${qualified(resource)} "${name}" already exists`;
  return new StatusError(message, {
    code: STATUS_CODE.Conflict,
    reason: "AlreadyExists",
    details: { name, group: resource.group, kind: resource.name },
  });
}

/** Says that a write cannot be done as things are. */
export function conflict(
  resource: GroupName,
  options: { readonly name: string; readonly why: string },
): StatusError {
  const { name, why } = options;
  return new StatusError(
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    {
      code: STATUS_CODE.Conflict,
      reason: "Conflict",
      details: { name, group: resource.group, kind: resource.name },
    },
  );
}

/** Why a write with an old resourceVersion fails. */
export const MODIFIED =
  "the object has been modified; please apply your changes to the latest version and try again";

/** Says that a request is not allowed. */
export function forbidden(
  resource: GroupName,
  options: {
    readonly name: string;
    readonly why: string;
    readonly causes?: readonly StatusCause[];
  },
): StatusError {
  const { name, why, causes } = options;
  const what = name === "" ? "" : ` "${name}"`;
  return new StatusError(`${qualified(resource)}${what} is forbidden: ${why}`, {
    code: STATUS_CODE.Forbidden,
    reason: "Forbidden",
    details: {
      name,
      group: resource.group,
      kind: resource.name,
      ...(causes === undefined ? {} : { causes }),
    },
  });
}

/** Says what is wrong with the fields of an object. */
export function invalid(
  kind: GroupName,
  options: { readonly name: string; readonly errors: readonly FieldError[] },
): StatusError {
  const { name, errors } = options;
  const texts = [...new Set(errors.map(fieldErrorText))];
  const [first = ""] = texts;
  const all = texts.length === 1 ? first : `[${texts.join(", ")}]`;
  return new StatusError(`${qualified(kind)} "${name}" is invalid: ${all}`, {
    code: STATUS_CODE.UnprocessableEntity,
    reason: "Invalid",
    details: {
      name,
      group: kind.group,
      kind: kind.name,
      causes: errors.map(({ reason, message, field }) => ({
        reason,
        message,
        field,
      })),
    },
  });
}

/** Says that a request cannot be understood. */
export function badRequest(message: string): StatusError {
  const reason = "BadRequest";
  return new StatusError(message, { code: STATUS_CODE.BadRequest, reason });
}

/** Says that something failed in a way the server has no reason for. */
export function internal(message: string): StatusError {
  return new StatusError(message, { code: STATUS_CODE.InternalServerError });
}

/** Says that something failed inside the server, as `NewInternalError`. */
export function internalError(message: string): StatusError {
  return new StatusError(`Internal error occurred: ${message}`, {
    code: STATUS_CODE.InternalServerError,
    reason: "InternalError",
    details: { causes: [{ reason: "", message, field: "" }] },
  });
}

/** Says that a path does not answer a method. */
export function methodNotAllowed(): StatusError {
  return new StatusError(
    "the server does not allow this method on the requested resource",
    {
      code: STATUS_CODE.MethodNotAllowed,
      reason: "MethodNotAllowed",
      details: {},
    },
  );
}

/** Says that a resourceVersion has been forgotten. */
export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError(message, {
    code: STATUS_CODE.Gone,
    reason: "Expired",
    continueToken,
  });
}

/** Says that a resourceVersion has not been reached yet. */
export function tooLargeRevision(asked: number, current: number): StatusError {
  const message = `Too large resource version: ${asked}, current: ${current}`;
  return new StatusError(`Timeout: ${message}`, {
    code: STATUS_CODE.GatewayTimeout,
    reason: "Timeout",
    details: {
      causes: [{
        reason: "ResourceVersionTooLarge",
        message: "Too large resource version",
        field: "",
      }],
      retryAfterSeconds: 1,
    },
  });
}

/** Says that a body is too large. */
export function tooLarge(message: string): StatusError {
  return new StatusError(message, {
    code: STATUS_CODE.ContentTooLarge,
    reason: "RequestEntityTooLarge",
  });
}
