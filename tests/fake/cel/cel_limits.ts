import { isObject } from "../merge/json_value.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

/** The keyword of a schema that holds CEL rules. */
const RULES = "x-kubernetes-validations";

const NONE: readonly string[] = Object.freeze([]);

/**
 * Says that the server does not evaluate CEL expressions.
 *
 * @param what Which expressions.
 * @returns The text of a warning.
 */
export function celLimit(what: string): string {
  return `the embedded API server does not evaluate CEL: ${what}`;
}

/**
 * Says what a CRD holds in CEL.
 *
 * @param crd The CRD.
 * @returns One text for each version with rules.
 */
export function crdLimits({ spec }: JsonObject): readonly string[] {
  const versions = isObject(spec) && Array.isArray(spec.versions)
    ? spec.versions
    : [];
  return versions.filter((version) => isObject(version) && hasRules(version))
    .map(({ name }) => celLimit(`${RULES} of version ${name} never fail`));
}

/** Whether there are rules anywhere in a part of a CRD. */
function hasRules(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasRules);
  if (!isObject(value)) return false;
  return Array.isArray(value[RULES]) || Object.values(value).some(hasRules);
}

/**
 * Says which CEL rules an object of a custom kind is not checked against.
 *
 * @param schema Schema of the kind.
 * @param apiVersion Version of the kind.
 * @param kind Name of the kind.
 * @returns A text if there are rules.
 */
export function objectLimits(
  schema: TypeSchema,
  apiVersion: string,
  kind: string,
): readonly string[] {
  if (!schemaHasRules(schema)) return NONE;
  return [celLimit(`${RULES} of ${apiVersion} ${kind} are not checked`)];
}

function schemaHasRules(schema: TypeSchema): boolean {
  const { properties, additionalProperties, items, validation } = schema;
  return hasRules(validation) ||
    Object.values(properties ?? {}).some(schemaHasRules) ||
    additionalProperties !== undefined &&
      schemaHasRules(additionalProperties) ||
    items !== undefined && schemaHasRules(items);
}

/**
 * Says what a webhook configuration holds in CEL.
 *
 * @param configuration The configuration.
 * @returns One text for each webhook with conditions.
 */
export function webhookLimits(
  { webhooks }: JsonObject,
): readonly string[] {
  return (Array.isArray(webhooks) ? webhooks : []).filter((webhook) =>
    Array.isArray(webhook.matchConditions) &&
    webhook.matchConditions.length > 0
  ).map(({ name }) => conditionsLimit(String(name)));
}

/**
 * Says that the conditions of a webhook do not count: it is asked, since it is
 * safer to ask too often than to let something through.
 *
 * @param webhook Name of the webhook.
 * @returns The text.
 */
export function conditionsLimit(webhook: string): string {
  return celLimit(
    `the matchConditions of webhook ${webhook} count as true, so it is called`,
  );
}

/**
 * Says that a policy judges nothing.
 *
 * @param policy The ValidatingAdmissionPolicy.
 * @returns The text.
 */
export function policyLimits(policy: JsonObject): readonly string[] {
  const { name = "" } = metadataOf(policy);
  return [celLimit(`ValidatingAdmissionPolicy ${name} denies nothing`)];
}
