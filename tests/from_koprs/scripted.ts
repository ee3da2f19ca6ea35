import { ConfigMap, Node } from "@koprs/koprs/builtin";
import {
  Client,
  type Kind,
  type KubeObject,
  type ObjectKey,
} from "@koprs/koprs/core";
import {
  type ScriptedEvent,
  type ScriptedExchange,
  ScriptedFetch,
} from "@koprs/koprs/testing";

/** An object of each scope, and where it is. */
export interface Place {
  /** The kind. */
  readonly kind: Kind;
  /** The key. */
  readonly key: ObjectKey;
  /** Path of the object. */
  readonly path: string;
  /** Path of its collection. */
  readonly collection: string;
}

const CONFIG_MAPS = "/api/v1/namespaces/my-ns/configmaps";

/** A ConfigMap, and a Node. */
export const PLACES: readonly Place[] = [
  {
    kind: ConfigMap,
    key: { name: "my-cm", namespace: "my-ns" },
    path: `${CONFIG_MAPS}/my-cm`,
    collection: CONFIG_MAPS,
  },
  {
    kind: Node,
    key: { name: "my-node" },
    path: "/api/v1/nodes/my-node",
    collection: "/api/v1/nodes",
  },
];

/** Ends the list at the begin of a watch, at version 5. */
export const END: ScriptedEvent = {
  type: "BOOKMARK",
  object: {
    metadata: {
      resourceVersion: "5",
      annotations: { "k8s.io/initial-events-end": "true" },
    },
  },
};

/**
 * Makes an object as an API server answers it.
 *
 * @param place The kind and the key.
 * @param metadata Metadata besides.
 * @returns The object.
 */
export function answered(
  { kind: { apiVersion, kind }, key }: Pick<Place, "kind" | "key">,
  metadata: object = {},
): KubeObject {
  const served = {
    uid: "1b2e",
    resourceVersion: "1",
    creationTimestamp: "2025-01-01T00:00:00Z",
  };
  return { apiVersion, kind, metadata: { ...key, ...served, ...metadata } };
}

/**
 * Runs a function against a script, all of which must be played.
 *
 * @param script The requests and their answers.
 * @param run Gets a client of the field manager `my-op`.
 * @returns What it returned.
 */
export async function play<R>(
  script: readonly ScriptedExchange[],
  run: (client: Client) => Promise<R>,
): Promise<R> {
  await using scripted = new ScriptedFetch(script);
  const { fetch } = scripted;
  await using client = new Client(scripted.config, {
    fieldManager: "my-op",
    fetch,
  });
  return await run(client);
}
