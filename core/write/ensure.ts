import { holdsIntent, rememberIntent } from "../client/applied_intent.ts";
import type { WriteOptions } from "../client/request_options.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { ApplyConfiguration } from "../kind/configuration.ts";
import { formatKey } from "../kind/key.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import { inTurn } from "./in_turn.ts";
import { NameTakenError } from "./name_taken_error.ts";
import { isOwnedBy } from "./owner_mark.ts";

/** Options of {@linkcode ensure}. */
export interface EnsureOptions extends WriteOptions {
  /**
   * Whose child the object is: a live object that belongs to nobody or to
   * somebody else is left alone.
   */
  readonly owner?: KubeObject | undefined;
  /** Prefix of the owner's mark; see `ownerMark()`. */
  readonly prefix?: string | undefined;
  /**
   * Whether fields of other managers are taken over.
   *
   * @default {true for a child of `owner`, else false}
   */
  readonly force?: boolean | undefined;
}

/**
 * What {@linkcode ensure} did.
 *
 * @typeParam T The object type.
 */
export interface EnsureResult<T> {
  /** Whether the object is new, changed, or was as wanted. */
  readonly outcome: "created" | "updated" | "unchanged";
  /** The object as it is. */
  readonly object: T;
}

/**
 * Makes sure that an object has the fields that are wanted.
 *
 * One server-side apply, and none at all if an informer of the client shows
 * that this field manager owns exactly these fields with these values. Without
 * an informer the object is read first.
 *
 * With an `owner`, what others changed in the owner's child is taken back.
 *
 * @example Apply twice, write once
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, ensure } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const wanted = {
 *   metadata: { name: "app", namespace: "default" },
 *   data: { color: "blue" },
 * };
 *
 * assertEquals((await ensure(configMaps, wanted)).outcome, "created");
 * assertEquals((await ensure(configMaps, wanted)).outcome, "unchanged");
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param wanted The fields.
 * @param options Owner, force, signal.
 * @returns What was done, and the object.
 * @throws {NameTakenError} If the live object is not a child of `owner`.
 * @throws {ApiError} If the API server refuses; a conflict names the fields.
 */
export async function ensure<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  wanted: ApplyConfiguration<T, S>,
  options: EnsureOptions = {},
): Promise<EnsureResult<T>> {
  // Two owners that want one name must not both find it free.
  const id = `${kindId(resource.kind)} ${formatKey(wanted.metadata)}`;
  return await inTurn(resource.caches, id, () => {
    return ensureNow(resource, wanted, options);
  });
}

async function ensureNow<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  wanted: ApplyConfiguration<T, S>,
  { owner, prefix, force, ...options }: EnsureOptions,
): Promise<EnsureResult<T>> {
  const { fieldManager = resource.fieldManager } = options;
  const live = await current(resource, wanted, options);
  const isChild = owner !== undefined && live !== undefined &&
    isOwnedBy(live, owner, { prefix });
  if (owner !== undefined && live !== undefined && !isChild) {
    throw new NameTakenError(resource.kind, live.metadata);
  }
  const intent = intentOf(wanted);
  if (live !== undefined && holdsIntent(live, intent, { fieldManager })) {
    return { outcome: "unchanged", object: live };
  }
  const { object, created } = await resource.applyReporting(wanted, {
    ...options,
    uid: live?.metadata.uid,
    force: force ?? isChild,
  });
  rememberIntent(object, intent, { fieldManager });
  const { resourceVersion } = object.metadata;
  const unchanged = live?.metadata.resourceVersion === resourceVersion;
  return {
    outcome: created ? "created" : unchanged ? "unchanged" : "updated",
    object,
  };
}

/** The object as an informer shows it; else as the API server has it. */
async function current<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  { metadata }: ApplyConfiguration<T, S>,
  options: WriteOptions,
): Promise<T | undefined> {
  const cached = resource.cached(metadata);
  if (cached !== undefined) return cached;
  const { namespace, labels } = metadata;
  if (resource.cache({ namespace, labels }) !== undefined) return undefined;
  return await resource.get(metadata, options);
}

/** The fields to own: all but those that name the object. */
function intentOf(wanted: object): Readonly<Record<string, unknown>> {
  const { apiVersion: _version, kind: _kind, metadata, ...fields } =
    wanted as Readonly<Record<string, unknown>>;
  const { name: _name, namespace: _namespace, ...own } = metadata as Readonly<
    Record<string, unknown>
  >;
  return Object.values(own).some((value) => value !== undefined)
    ? { ...fields, metadata: own }
    : fields;
}
