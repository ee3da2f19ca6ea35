import { prune } from "../crd/pruning.ts";
import type { RequestContext } from "../http/request_context.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Drops what webhooks added to a custom object beyond its schema: validating
 * webhooks still see it, but it is never stored.
 *
 * @param context The request.
 * @param object The object.
 * @returns The object as it is stored.
 */
export async function withoutUnknown(
  context: RequestContext,
  object: JsonObject,
): Promise<JsonObject> {
  const { resource } = context;
  if (!resource.strategy.custom) return object;
  const { metadata, ...rest } = object;
  const pruned = prune(rest, await resource.schema() ?? {});
  return { ...pruned.object, metadata };
}
