import { ConfigMap } from "../builtin/core_v1.ts";
import type { Client } from "../client/client.ts";
import { discoverKind } from "../client/discover_kind.ts";
import { keyOf } from "../client/exchange.ts";
import type { WriteOptions } from "../client/request_options.ts";
import type { ApplyConfiguration } from "../kind/configuration.ts";
import { formatKey } from "../kind/key.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import {
  ApplySetParent,
  groupKind,
  parseGroupKind,
  PART_OF,
} from "./apply_set_parent.ts";
import {
  applyMember,
  type ApplySetMember,
  type ApplySetResult,
  pruneMember,
} from "./set_member.ts";

/** Options of {@linkcode applySet}. */
export interface ApplySetOptions extends WriteOptions {
  /** Name of the object that stands for the set. */
  readonly name: string;
  /**
   * Namespace of that object.
   *
   * @default {undefined} It is of a kind without namespaces.
   */
  readonly namespace?: string | undefined;
  /**
   * Kind of that object; the definition of a custom kind needs the label
   * `applyset.kubernetes.io/is-parent-type: "true"`.
   *
   * @default {ConfigMap}
   */
  readonly parent?: Kind | undefined;
  /**
   * Whether fields of other managers are taken over; objects of other
   * controllers and sets never are.
   *
   * @default {false}
   */
  readonly force?: boolean | undefined;
}

/**
 * Applies objects as one set, and deletes those that were in the set before
 * and are no longer (KEP-3659, as `kubectl apply --prune --applyset`).
 *
 * Members carry the label `applyset.kubernetes.io/part-of`; the object that
 * stands for the set tells of which kinds and in which namespaces they are, so
 * that nothing is forgotten after a crash. Objects are applied in the given
 * order. An object that a controller owns, or that is part of another set, is
 * neither changed nor deleted. Nothing is deleted unless all could be applied.
 *
 * @example Apply two objects, then one
 * ```ts
 * import { ConfigMap, Secret } from "@koprs/koprs/builtin";
 * import { applySet, Client, setMember } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const namespace = "default";
 * const set = { name: "app", namespace };
 * const settings = setMember(ConfigMap, {
 *   metadata: { name: "settings", namespace },
 *   data: { color: "blue" },
 * });
 * const token = setMember(Secret, { metadata: { name: "token", namespace } });
 *
 * await applySet(client, set, [settings, token]);
 * const results = await applySet(client, set, [settings]);
 * assertEquals(results.map(({ key, outcome }) => `${key.name} ${outcome}`), [
 *   "settings unchanged",
 *   "token pruned",
 * ]);
 * ```
 *
 * @param client The client.
 * @param options The set; force, dry run, signal.
 * @param members All objects of the set.
 * @returns What became of each object, the given ones first.
 * @throws {Error} If another tool keeps the set.
 * @throws {ApiError} If the object that stands for the set cannot be written,
 * or members cannot be listed.
 */
export async function applySet(
  client: Client,
  options: ApplySetOptions,
  members: readonly ApplySetMember[],
): Promise<ApplySetResult[]> {
  const { name, namespace, parent: kind = ConfigMap, ...write } = options;
  const { signal, timeout, dryRun } = write;
  const key = namespace === undefined ? { name } : { name, namespace };
  const parent = new ApplySetParent(
    client.resource<KubeObject, Scope>(kind),
    key,
    { signal, timeout, dryRun },
  );
  const [id, former] = [await parent.id(), await parent.read()];
  const wanted = {
    kinds: new Set(members.map(({ kind }) => groupKind(kind))),
    namespaces: new Set(
      members.flatMap(({ object: { metadata } }) => metadata.namespace ?? []),
    ),
  };
  // Before the members, so that a crash leaves none that is not looked for.
  const kinds = former.kinds.union(wanted.kinds);
  const namespaces = former.namespaces.union(wanted.namespaces);
  await parent.write({ kinds, namespaces });

  const results: ApplySetResult[] = [];
  for (const member of members) {
    signal?.throwIfAborted();
    results.push(await applyMember(client, member, { ...write, id }));
  }
  if (results.some(({ outcome }) => outcome === "failed")) return results;

  const given = new Map(members.map(({ kind }) => [groupKind(kind), kind]));
  const kept = new Set(members.map(idOf));
  for (const name of [...kinds].sort()) {
    const kind = given.get(name) ??
      await discoverKind(client.transport, parseGroupKind(name), { signal });
    if (kind === undefined) continue; // its objects went with it
    const resource = client.resource<KubeObject, Scope>(kind);
    const places = kind.scope === "Namespaced" ? namespaces : [undefined];
    for (const namespace of places) {
      const labelSelector = `${PART_OF}=${id}`;
      const filter = { namespace, labelSelector, signal };
      for await (const page of resource.metadata.pages(filter)) {
        for (const object of page.items) {
          const key = keyOf(object.metadata);
          if (kept.has(idOf({ kind, object }))) continue;
          const pruned = await pruneMember(resource, object, write);
          if (pruned !== undefined) results.push({ kind, key, ...pruned });
        }
      }
    }
  }
  const isClean = results.every(({ outcome }) => outcome !== "failed");
  if (isClean) await parent.write(wanted);
  return results;
}

/**
 * Makes a member of a set.
 *
 * @example Make one
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { setMember } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const metadata = { name: "app", namespace: "default" };
 * const member = setMember(ConfigMap, { metadata, data: { color: "blue" } });
 * assertEquals(member.kind.kind, "ConfigMap");
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param kind The kind.
 * @param object The fields to apply.
 * @returns The member.
 */
export function setMember<T extends KubeObject<S>, S extends Scope>(
  kind: Kind<T, S>,
  object: ApplyConfiguration<T, S>,
): ApplySetMember {
  // The types of kind and object agree here, and are not needed later.
  return { kind, object } as unknown as ApplySetMember;
}

function idOf(
  { kind, object }: {
    readonly kind: Kind;
    readonly object: { readonly metadata: ObjectKey };
  },
): string {
  return `${groupKind(kind)} ${formatKey(object.metadata)}`;
}
