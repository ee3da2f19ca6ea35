import type { RequestContext } from "../http/request_context.ts";
import { badRequest, expired } from "../http/status_errors.ts";
import { parseSelector } from "../selector/selector.ts";
import { decodeContinue, encodeContinue } from "../store/continue_token.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { keysAfter } from "../store/sorted_keys.ts";
import type { ListOptions } from "./list_options.ts";
import { reachRevision, revisionError } from "./revision.ts";

/** A part of a list. */
export interface ListPage {
  /** The objects in the order of their keys. */
  readonly items: readonly StoredObject[];
  /** The revision of the list. */
  readonly revision: number;
  /** Token of the next part; empty for the last. */
  readonly continueToken: string;
  /** How many objects follow; `undefined` if the server does not say. */
  readonly remaining: number | undefined;
}

/** Which state of the store a list shows, and from where. */
interface Position {
  readonly revision: number | "latest";
  readonly start: string;
}

const TOO_OLD = "The resourceVersion for the provided list is too old.";
const TOKEN_TOO_OLD =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

/**
 * Lists objects.
 *
 * @param context The request.
 * @param options Its query.
 * @returns The part of the list that was asked for.
 * @throws {StatusError} 400, 410 or 504.
 */
export async function listPage(
  context: RequestContext,
  options: ListOptions,
): Promise<ListPage> {
  const { resource, state, info } = context;
  const selector = parseSelector(resource, options.selectors);
  const at = await position(context, options);
  const collection = state.store.collection(resource.collection);
  const prefix = resource.namespaced && info.namespace !== ""
    ? `${info.namespace}/`
    : "";
  // Tokens keep the slash, as the keys of etcd do.
  const root = prefix.slice(0, -1);
  const view = at.revision === "latest"
    ? collection
    : collection.at(at.revision);
  const after = at.start === "" ? "" : root + at.start;
  const keys = keysAfter(view.keys, prefix, after);
  const revision = at.revision === "latest"
    ? state.store.revision
    : at.revision;
  let found = (key: string) => view.get(key);
  const { conversion } = resource;
  if (conversion !== undefined) {
    const now = new Map(keys.map((key) => [key, view.get(key)]));
    found = (key) => now.get(key);
    const present = [...now.values()].filter((item) => item !== undefined);
    await conversion.read(present.map(({ object }) => object));
  }
  const unlimited = options.limit <= 0 ||
    options.resourceVersion === "0" && options.match === "";
  const limit = unlimited ? Infinity : options.limit;
  const items: StoredObject[] = [];
  let left = 0;
  for (const [index, key] of keys.entries()) {
    const item = found(key);
    if (item === undefined) continue;
    // Selectors choose by what the version of the request shows.
    const seen = conversion?.converted(item.object) ?? item.object;
    if (!selector.matches(seen)) continue;
    if (items.length < limit) items.push(item);
    else {
      left = keys.length - index;
      break;
    }
  }
  const last = items.at(-1);
  return {
    items,
    revision,
    continueToken: left === 0 || last === undefined
      ? ""
      : encodeContinue({ revision, start: last.key.slice(root.length) }),
    remaining: left > 0 && selector.everything ? left : undefined,
  };
}

async function position(
  { state, resource }: RequestContext,
  options: ListOptions,
): Promise<Position> {
  const { resourceVersion, continueToken, match, limit } = options;
  const why = revisionError(resourceVersion);
  if (why !== undefined) throw badRequest(`invalid resource version: ${why}`);
  if (continueToken !== "") {
    const token = decodeContinue(continueToken);
    if (resourceVersion !== "" && resourceVersion !== "0") {
      throw badRequest(
        "specifying resource version is not allowed when using continue",
      );
    }
    const { revision, start } = token;
    if (revision < 0) return { revision: "latest", start };
    if (revision < state.store.collection(resource.collection).compacted) {
      const fresh = encodeContinue({ revision: -1, start });
      throw expired(TOKEN_TOO_OLD, fresh);
    }
    return { revision, start };
  }
  const revision = Number(resourceVersion);
  await reachRevision(state, revision);
  const isExact = match === "Exact" || match === "" && limit > 0;
  if (revision === 0 || !isExact) return { revision: "latest", start: "" };
  if (revision < state.store.collection(resource.collection).compacted) {
    throw expired(TOO_OLD);
  }
  return { revision, start: "" };
}
