import { isObject } from "../merge/json_value.ts";
import { badRequest, tooLarge } from "../http/status_errors.ts";
import { StatusError } from "../http/status_error.ts";
import { STATUS_CODE } from "@std/http";
import type { JsonObject } from "../schema/type_schema.ts";
import { jsonTypeName } from "../resource/go_type.ts";
import { JsonPatchError, operate, type Operation } from "./json_operation.ts";

/** Operations of a JSON patch that the server allows. */
const LIMIT = 10_000;

/**
 * Reads a JSON patch (RFC 6902).
 *
 * @param patch The operations.
 * @returns Applies them as the server does, which follows `evanphx/json-patch`.
 * @throws {StatusError} 400 if they are none, 413 if there are too many.
 */
export function readJsonPatch(
  patch: unknown,
): (object: JsonObject) => JsonObject {
  if (patch === null) return (object) => object;
  const operations = Array.isArray(patch) ? patch : [];
  const strange = Array.isArray(patch)
    ? patch.find((item) => !isObject(item))
    : patch;
  if (strange !== undefined) {
    const type = Array.isArray(patch) ? "" : "[]";
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${
        jsonTypeName(strange)
      } into Go value of type ${type}handlers.jsonPatchOp`,
    );
  }
  if (operations.length > LIMIT) {
    throw tooLarge(
      `Request entity too large: The allowed maximum operations in a JSON patch is ${LIMIT}, got ${operations.length}`,
    );
  }
  return (object) => {
    let document: unknown = object;
    try {
      for (const operation of operations) {
        document = operate(document, asOperation(operation));
      }
    } catch (error) {
      if (error instanceof JsonPatchError) throw notApplicable();
      throw error;
    }
    return isObject(document) ? document : {};
  };
}

/** Reads one operation of a patch. */
export function asOperation(operation: JsonObject): Operation {
  const { op, path, from, value } = operation;
  return {
    op: typeof op === "string" ? op : "unknown",
    path: typeof path === "string" ? path : "",
    from: typeof from === "string" ? from : undefined,
    value: Object.hasOwn(operation, "value") ? value ?? null : undefined,
  };
}

function notApplicable(): StatusError {
  return new StatusError(
    "the server rejected our request due to an error in our request",
    {
      code: STATUS_CODE.UnprocessableEntity,
      reason: "Invalid",
      details: {},
    },
  );
}
