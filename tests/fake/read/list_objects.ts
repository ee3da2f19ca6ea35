import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { listOptions } from "./list_options.ts";
import { type ListPage, listPage } from "./list_page.ts";
import { representList } from "./represent.ts";

/**
 * Answers a list.
 *
 * @param context The request.
 * @returns 200 with the list, in pages if asked for.
 */
export async function listObjects(context: RequestContext): Promise<Answer> {
  const options = listOptions(context.query, false);
  const page = await listPage(context, options);
  const resourceVersion = String(page.revision);
  const json = context.representation.as === "object"
    ? listJson(context, page)
    : JSON.stringify(
      representList(context, {
        objects: page.items.map(({ object }) =>
          context.resource.fromStored(object)
        ),
        metadata: listMetadata(page),
      }),
    );
  return { code: STATUS_CODE.OK, json, resourceVersion };
}

/**
 * Writes the metadata of a list.
 *
 * @param page The page.
 * @returns The metadata.
 */
export function listMetadata(page: ListPage): JsonObject {
  const { revision, continueToken, remaining } = page;
  return {
    resourceVersion: String(revision),
    ...continueToken === "" ? {} : { continue: continueToken },
    ...remaining === undefined ? {} : { remainingItemCount: remaining },
  };
}

/**
 * Writes a list from the JSON of its objects, which is written once each.
 *
 * @param context The request.
 * @param page The page.
 * @returns The list as JSON.
 */
export function listJson(
  { resource }: RequestContext,
  page: ListPage,
): string {
  const { listKind, apiVersion, strategy } = resource;
  const items = page.items.map((item) => itemJson(resource, item)).join(",");
  const kind = JSON.stringify(listKind);
  const version = JSON.stringify(apiVersion);
  if (strategy.custom) {
    const metadata = { continue: page.continueToken, ...listMetadata(page) };
    return `{"apiVersion":${version},"items":[${items}],"kind":${kind},"metadata":${
      JSON.stringify(metadata)
    }}`;
  }
  const metadata = JSON.stringify(listMetadata(page));
  return `{"kind":${kind},"apiVersion":${version},"metadata":${metadata},"items":[${items}]}`;
}

/** Items of built-in kinds do not say what they are. */
function itemJson(
  resource: RequestContext["resource"],
  stored: StoredObject,
): string {
  const object = resource.fromStored(stored.object);
  const json = object === stored.object ? stored.json : JSON.stringify(object);
  if (resource.strategy.custom) return json;
  const start =
    `{"kind":"${resource.kind}","apiVersion":"${resource.apiVersion}",`;
  return json.startsWith(start) ? `{${json.slice(start.length)}` : json;
}
