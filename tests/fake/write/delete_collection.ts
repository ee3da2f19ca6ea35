import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { listJson } from "../read/list_objects.ts";
import { listOptions } from "../read/list_options.ts";
import { listPage } from "../read/list_page.ts";
import { deleteOptions } from "./delete_options.ts";
import { deleteStored } from "./delete_stored.ts";

/**
 * Answers a DELETE of all objects that selectors choose.
 *
 * @param context The request.
 * @returns 200 with the objects as they were.
 */
export async function deleteCollection(
  context: RequestContext,
): Promise<Answer> {
  const options = await deleteOptions(context);
  const page = await listPage(context, listOptions(context.query, false));
  for (const item of page.items) deleteStored(context, item, options);
  const json = listJson(context, page);
  return { code: STATUS_CODE.OK, json, resourceVersion: String(page.revision) };
}
