import { STATUS_CODE } from "@std/http";
import { StatusError } from "../http/status_error.ts";
import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { goQuote } from "../validation/field_error.ts";

/**
 * Makes the answer to a request that a webhook has denied, as `ToStatusErr` of
 * the API server does.
 *
 * @param webhook Name of the webhook.
 * @param status The Status that it gave; `undefined` without.
 * @returns The failure.
 */
export function denial(
  webhook: string,
  status: JsonObject | undefined = {},
): StatusError {
  const { code, reason, message, details } = status;
  const deniedBy = `admission webhook ${goQuote(webhook)} denied the request`;
  const why = message || reason;
  return new StatusError(
    why ? `${deniedBy}: ${why}` : `${deniedBy} without explanation`,
    {
      code: typeof code === "number" && code >= STATUS_CODE.BadRequest
        ? code
        : STATUS_CODE.BadRequest,
      ...reason ? { reason: String(reason) } : {},
      ...isObject(details) ? { details } : {},
    },
  );
}
