import { admitMutation, isGuarded } from "../admission/admit.ts";
import type { Admission } from "../admission/admission_attributes.ts";
import type { RequestContext } from "../http/request_context.ts";
import { parseManagers } from "../merge/managers.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { inNamespace } from "./in_namespace.ts";

/**
 * Lets mutating webhooks change an object that is about to be stored. What they
 * add belongs to no manager; entries of managers that they break are kept as
 * they were.
 *
 * @param context The request.
 * @param admission What it does, and the object with its managed fields.
 * @returns The object.
 * @throws {StatusError} If a webhook denies the request, or fails and must not,
 * or moves the object to another namespace.
 */
export async function admitted(
  context: RequestContext,
  admission: Admission & { readonly object: JsonObject },
): Promise<JsonObject> {
  if (!isGuarded(context, "mutating")) return admission.object;
  const object = await admitMutation(context, admission);
  return inNamespace(context, withValidManagers(context, admission, object));
}

function withValidManagers(
  { warnings }: RequestContext,
  before: { readonly object: JsonObject },
  object: JsonObject,
): JsonObject {
  const { managedFields = [] } = metadataOf(object);
  if (parseManagers(managedFields)) return object;
  warnings.push(
    `.metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: ${
      managersProblem(managedFields)
    }`,
  );
  const former = metadataOf(before.object).managedFields;
  return withMetadata(object, { managedFields: former });
}

/** What is wrong with entries of managers, in the words of apimachinery. */
function managersProblem(entries: readonly JsonObject[]): string {
  for (const [index, entry] of entries.entries()) {
    const { operation, apiVersion, fieldsType } = entry;
    if (operation !== "Apply" && operation !== "Update") {
      return "operation must be `Apply` or `Update`";
    }
    if (!apiVersion) return "apiVersion must not be empty";
    if (!fieldsType) {
      return `missing fieldsType in managed fields entry ${index}`;
    }
    if (fieldsType !== "FieldsV1") {
      return `invalid fieldsType ${
        JSON.stringify(fieldsType)
      } in managed fields entry ${index}`;
    }
  }
  return "error decoding versioned set";
}
