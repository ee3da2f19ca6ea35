import type { RequestContext } from "../http/request_context.ts";
import type { FieldContext } from "../merge/field_context.ts";
import type { TypeSchema } from "../schema/type_schema.ts";
import { timestamp } from "../server_state.ts";

/**
 * Says who writes through which endpoint, for the managed fields.
 *
 * @param context The request.
 * @param of The writer and the schema of what is written.
 * @returns What structured merge needs to know.
 */
export function fieldContext(
  { resource, info, state }: RequestContext,
  of: { readonly schema: TypeSchema; readonly manager: string },
): FieldContext {
  const { subresource } = info;
  return {
    ...of,
    apiVersion: resource.apiVersion,
    ...subresource === "" ? {} : { subresource },
    time: timestamp(state),
    resetFields: resource.strategy.resetFields(subresource),
  };
}
