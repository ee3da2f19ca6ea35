import { kindOf } from "../admission/admission_attributes.ts";
import type { RequestContext } from "../http/request_context.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { timestamp } from "../server_state.ts";
import { managerOf } from "./write_options.ts";

/**
 * Notes who writes an object of a subresource, as a Scale, which webhooks see
 * though it is never stored.
 *
 * @param context The request.
 * @param object The object.
 * @param live The object as it is; `undefined` for none.
 * @returns The object with its managed fields.
 */
export async function ownedSubresource(
  context: RequestContext,
  object: JsonObject,
  live?: JsonObject,
): Promise<JsonObject> {
  const { resource, info, query, request, state } = context;
  const { subresource } = info;
  const { group, version, kind } = kindOf(resource, subresource);
  const userAgent = request.headers.get("user-agent") ?? "";
  return updateManagedFields(live, object, {
    schema: await builtinSchema(group, version, kind) ?? {},
    manager: query.get("fieldManager") || managerOf(userAgent),
    apiVersion: `${group}/${version}`,
    subresource,
    time: timestamp(state),
  });
}
