import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { listJson } from "../read/list_objects.ts";
import { listOptions } from "../read/list_options.ts";
import { listPage } from "../read/list_page.ts";
import { deleteAdmitted } from "./delete_admitted.ts";
import { type DeleteOptions, deleteOptions } from "./delete_options.ts";
import { untilSettled } from "./until_settled.ts";

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
  for (const { key } of page.items) {
    await untilSettled(() => deleteItem(context, key, options));
  }
  const json = listJson(context, page);
  return { code: STATUS_CODE.OK, json, resourceVersion: String(page.revision) };
}

/** Deletes one of them, unless it has gone meanwhile. */
async function deleteItem(
  context: RequestContext,
  key: string,
  options: DeleteOptions,
): Promise<void> {
  const { state, resource } = context;
  const live = state.store.collection(resource.collection).get(key);
  if (live === undefined) return;
  await deleteAdmitted(context, live, options);
}
