import { Namespace, ServiceAccount } from "@koprs/koprs/builtin";
import { type Client, isConflict, isNotFound } from "@koprs/koprs/core";
import { FRESH } from "./fresh_namespace.ts";
import {
  type Collection,
  namespacedCollections,
} from "./namespaced_collections.ts";

const METADATA_LIST = "application/json;as=PartialObjectMetadataList;" +
  "g=meta.k8s.io;v=v1";

/**
 * Deletes namespaces with all that is in them, whatever finalizers it has: the
 * operators that would take them off are gone.
 *
 * A cluster has a controller that then lets the namespaces go. On a bare API
 * server they lose here the finalizer that it gave them.
 *
 * @param client The client.
 * @param names Their names; one of `freshNamespace()` stands also for those
 * that begin with it and a dash.
 */
export async function emptyNamespaces(
  client: Client,
  names: readonly string[],
): Promise<void> {
  const isOurs = (name: string): boolean =>
    names.some((own) =>
      name === own || own.startsWith(FRESH) && name.startsWith(`${own}-`)
    );
  const isCluster = await client.resource(ServiceAccount)
    .exists({ name: "default", namespace: "default" });
  const namespaces: string[] = [];
  for await (const { metadata } of client.resource(Namespace).list()) {
    if (isOurs(metadata.name)) namespaces.push(metadata.name);
  }
  for (const name of namespaces) {
    await client.resource(Namespace).delete({ name });
  }
  for (const collection of await namespacedCollections(client)) {
    await orGone(() => empty(client, collection, isOurs));
  }
  if (isCluster) return;
  for (const name of namespaces) {
    await orGone(() =>
      client.transport.request({
        method: "PUT",
        path: `/api/v1/namespaces/${name}/finalize`,
        body: JSON.stringify({ metadata: { name }, spec: {} }),
      })
    );
  }
}

interface MetadataList {
  /** Null when there are none of some kinds. */
  readonly items:
    | readonly {
      readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly finalizers?: readonly string[];
      };
    }[]
    | null;
}

async function empty(
  { transport }: Client,
  { version, resource }: Collection,
  isOurs: (namespace: string) => boolean,
): Promise<void> {
  const { text } = await transport.request({
    method: "GET",
    path: `${version}/${resource}`,
    accept: METADATA_LIST,
  });
  const { items } = JSON.parse(text) as MetadataList;
  for (const { metadata: { name, namespace, finalizers } } of items ?? []) {
    if (!isOurs(namespace)) continue;
    const path = `${version}/namespaces/${namespace}/${resource}/${name}`;
    await orGone(() =>
      transport.request({
        method: "DELETE",
        path,
        body: JSON.stringify({ gracePeriodSeconds: 0 }),
      })
    );
    if (finalizers === undefined) continue;
    await orGone(() =>
      transport.request({
        method: "PATCH",
        path,
        contentType: "application/merge-patch+json",
        body: JSON.stringify({ metadata: { finalizers: null } }),
      })
    );
  }
}

async function orGone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}
