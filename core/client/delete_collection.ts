import type { Kind } from "../kind/kind.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { deletionBody } from "./delete_object.ts";
import { type Exchange, keyOf } from "./exchange.ts";
import { parseAnswer } from "./parse_answer.ts";
import type { DeleteCollectionOptions } from "./request_options.ts";
import { resourcePath } from "./resource_path.ts";

/**
 * Asks for the deletion of all objects that selectors choose.
 *
 * @typeParam S The scope of the kind.
 * @param exchange The client's parts.
 * @param deletion The kind, the options.
 * @param deletion.kind The kind.
 * @param deletion.options What the caller asked for.
 * @returns The keys of the objects.
 * @throws {TypeError} If nothing limits the deletion.
 * @throws {ApiError} If the API server refuses.
 */
export async function deleteCollection<S extends Scope>(
  { transport }: Exchange,
  { kind, options }: {
    readonly kind: Kind<unknown, S>;
    readonly options: DeleteCollectionOptions<S>;
  },
): Promise<ObjectKey<S>[]> {
  const { namespace, labelSelector = "", fieldSelector = "" } = options;
  if (`${labelSelector}${fieldSelector}`.trim() === "" && !options.all) {
    throw new TypeError(
      `Cannot delete ${kind.plural}: no selector limits them; say "all: true" if all are meant`,
    );
  }
  if (kind.scope === "Namespaced" && namespace === undefined) {
    throw new TypeError(`Cannot delete ${kind.plural}: name their namespace`);
  }
  const path = resourcePath(kind, { namespace });
  const { text } = await transport.request({
    method: "DELETE",
    path,
    query: {
      labelSelector: labelSelector || undefined,
      fieldSelector: fieldSelector || undefined,
    },
    contentType: "application/json",
    body: JSON.stringify(deletionBody(options)),
    signal: options.signal,
    timeout: options.timeout,
    lane: options.lane,
  });
  const { items } = parseAnswer({ method: "DELETE", path }, text) as {
    readonly items?: readonly { readonly metadata: ObjectKey<S> }[];
  };
  // The scope of the kind decides which members a key has.
  return (items ?? []).map(({ metadata }) => keyOf(metadata) as ObjectKey<S>);
}
