import type { Condition, KubeObject } from "../kind/object.ts";

/** What is known of an object whose status has conditions. */
export interface ObjectWithConditions extends KubeObject {
  /** The status; absent until somebody has looked at the object. */
  readonly status?: {
    /** The observations. */
    readonly conditions?: readonly ConditionLike[] | undefined;
    /** Generation of the spec that they are about. */
    readonly observedGeneration?: number | undefined;
  } | undefined;
}

/** A condition of a built-in kind, which may lack some members. */
export type ConditionLike = Partial<
  Pick<Condition, "type" | "observedGeneration"> & { readonly status: string }
>;

/**
 * Makes a test for a condition in the status, to give to `waitFor()`.
 *
 * An observation of an older spec does not count, as in `kubectl wait`.
 *
 * @example Wait until a CustomResourceDefinition is served
 * ```ts
 * import { hasCondition } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const isEstablished = hasCondition("Established");
 * assert(!isEstablished(undefined));
 * assert(isEstablished({
 *   apiVersion: "apiextensions.k8s.io/v1",
 *   kind: "CustomResourceDefinition",
 *   metadata: {
 *     name: "greetings.example.io",
 *     uid: "1b2e",
 *     resourceVersion: "7",
 *     creationTimestamp: "2025-01-01T00:00:00Z",
 *   },
 *   status: { conditions: [{ type: "Established", status: "True" }] },
 * }));
 * ```
 *
 * @param type The type of the condition.
 * @param status The status that is awaited.
 * @returns The test; an absent object fails it.
 */
export function hasCondition(
  type: string,
  status: Condition["status"] = "True",
): (object: ObjectWithConditions | undefined) => boolean {
  return (object) => {
    const { conditions, observedGeneration } = object?.status ?? {};
    const found = conditions?.find((condition) => condition.type === type);
    if (object === undefined || found?.status !== status) return false;
    const { generation = 0 } = object.metadata;
    const observed = found.observedGeneration ?? observedGeneration;
    return observed === undefined || observed >= generation;
  };
}

/**
 * Whether the condition `Ready` holds, to give to `waitFor()`.
 *
 * @example Wait until a node is ready
 * ```ts
 * import { isReady } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const metadata = {
 *   name: "node-1",
 *   uid: "1b2e",
 *   resourceVersion: "7",
 *   creationTimestamp: "2025-01-01T00:00:00Z",
 * };
 * const status = { conditions: [{ type: "Ready", status: "True" }] };
 * assert(isReady({ apiVersion: "v1", kind: "Node", metadata, status }));
 * ```
 *
 * @param object The object; an absent one is not ready.
 * @returns Whether it is.
 */
export function isReady(object: ObjectWithConditions | undefined): boolean {
  return READY(object);
}

const READY = hasCondition("Ready");

/**
 * Makes a test for the end of one object, to give to `waitFor()`; another one
 * that has taken its name does not hold up the wait.
 *
 * @example Wait until an object is gone
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, isDeleted, waitFor } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "a", namespace: "default" };
 * const { metadata } = await configMaps.create({ metadata: key });
 *
 * await configMaps.delete(metadata);
 * await waitFor(configMaps, metadata, { condition: isDeleted(metadata) });
 * ```
 *
 * @param metadata The metadata of the object, of which the uid counts.
 * @param metadata.uid The uid.
 * @returns The test.
 */
export function isDeleted(
  { uid }: { readonly uid: string },
): (object: KubeObject | undefined) => boolean {
  return (object) => object?.metadata.uid !== uid;
}
