import { isObject } from "../../merge/json_value.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  clientConfigErrors,
  reviewVersionErrors,
} from "../../validation/client_config_validation.ts";
import {
  type FieldError,
  forbiddenField,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import { filled, inField } from "./defaulted.ts";

const FIELD = "spec.conversion";
const STRATEGIES = ["None", "Webhook"];

/**
 * Fills in how the versions of a CRD are converted.
 *
 * @param conversion What the CRD says; `undefined` if nothing.
 * @returns The conversion with defaults.
 */
export function defaultConversion(conversion: unknown): JsonObject {
  if (!isObject(conversion)) return { strategy: "None" };
  return inField(
    conversion,
    "webhook",
    (webhook) =>
      inField(
        webhook,
        "clientConfig",
        (config) =>
          inField(config, "service", (of) => filled(of, { port: 443 })),
      ),
  );
}

/**
 * Says what is wrong with how the versions of a CRD are converted. The fields
 * have the names that they have inside the API server.
 *
 * @param conversion What the CRD says.
 * @returns What is wrong.
 */
export function conversionErrors(conversion: JsonObject): FieldError[] {
  const { strategy } = conversion;
  const webhook = isObject(conversion.webhook) ? conversion.webhook : {};
  const { clientConfig, conversionReviewVersions: versions } = webhook;
  const errors: FieldError[] = [];
  if (!strategy) errors.push(required(`${FIELD}.strategy`));
  else if (!STRATEGIES.includes(String(strategy))) {
    errors.push(notSupported(`${FIELD}.strategy`, strategy, STRATEGIES));
  }
  const place = `${FIELD}.webhookClientConfig`;
  const field = `${FIELD}.conversionReviewVersions`;
  const listed = Array.isArray(versions) ? versions : [];
  if (strategy === "Webhook") {
    const config = isObject(clientConfig)
      ? clientConfigErrors(clientConfig, place)
      : [required(place, "required when strategy is set to Webhook")];
    const hint = "";
    return [...config, ...reviewVersionErrors(listed, { field, hint })];
  }
  const why = "should not be set when strategy is not set to Webhook";
  if (clientConfig !== undefined) errors.push(forbiddenField(place, why));
  if (listed.length > 0) errors.push(forbiddenField(field, why));
  return errors;
}
