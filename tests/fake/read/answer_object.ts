import type { Answer, RequestContext } from "../http/request_context.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { represent } from "./represent.ts";

/**
 * Answers with an object in the form that was asked for.
 *
 * @param context The request.
 * @param stored The object.
 * @param code HTTP status code.
 * @returns The answer.
 */
export async function answerObject(
  context: RequestContext,
  stored: StoredObject,
  code: number,
): Promise<Answer> {
  const { resource, representation } = context;
  if (resource.conversion !== undefined) {
    await resource.conversion.read([stored.object]);
  }
  const resourceVersion = metadataOf(stored.object).resourceVersion ?? "";
  const object = resource.fromStored(stored.object);
  if (representation.as !== "object") {
    const json = JSON.stringify(represent(context, object));
    return { code, json, resourceVersion };
  }
  const json = object === stored.object ? stored.json : JSON.stringify(object);
  return { code, json, resourceVersion };
}
