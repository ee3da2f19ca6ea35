import { mergePatch } from "../client/patch.ts";
import type {
  RequestOptions,
  WriteOptions,
} from "../client/request_options.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { Scale } from "../kind/subresource.ts";

/**
 * Reads how many replicas an object shall have, by its scale.
 *
 * @example Read and set the replicas of a kind
 * ```ts
 * import { Client, defineKind, getReplicas, setReplicas } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const Fleet = defineKind({
 *   group: "example.io",
 *   version: "v1",
 *   kind: "Fleet",
 *   plural: "fleets",
 *   scope: "Namespaced",
 *   spec: z.object({ replicas: z.number().int() }),
 *   status: z.object({ replicas: z.number().int() }),
 *   scale: {
 *     specReplicasPath: ".spec.replicas",
 *     statusReplicasPath: ".status.replicas",
 *   },
 * });
 * await using server = new FakeApiServer({ kinds: [Fleet] });
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const fleets = client.resource(Fleet);
 * const key = { name: "blue", namespace: "default" };
 * await fleets.create({ metadata: key, spec: { replicas: 1 } });
 *
 * await setReplicas(fleets, key, 3);
 * assertEquals(await getReplicas(fleets, key), 3);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind, which must have a scale.
 * @param key The object.
 * @param options Signal and deadline.
 * @returns The number, or `undefined` without the object.
 * @throws {ApiError} If the API server refuses.
 */
export async function getReplicas<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  key: ObjectKey<S>,
  options?: RequestOptions,
): Promise<number | undefined> {
  const scale = await resource.subresource(Scale).get(key, options);
  return scale && (scale.spec.replicas ?? 0);
}

/**
 * Sets how many replicas an object shall have, by its scale; nothing else of
 * the object can change.
 *
 * An operator that applies the object should leave the number out, or it
 * takes it back.
 *
 * @example Scale a Deployment down to nothing
 * ```ts
 * import { Deployment } from "@koprs/koprs/builtin";
 * import { Client, setReplicas } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const deployments = client.resource(Deployment);
 * const labels = { app: "web" };
 * const containers = [{ name: "web", image: "web:1" }];
 * const { metadata } = await deployments.create({
 *   metadata: { name: "web", namespace: "default" },
 *   spec: {
 *     selector: { matchLabels: labels },
 *     template: { metadata: { labels }, spec: { containers } },
 *   },
 * });
 *
 * await setReplicas(deployments, metadata, 0);
 * assertEquals((await deployments.get(metadata))?.spec?.replicas, 0);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind, which must have a scale.
 * @param key The object.
 * @param replicas The number.
 * @param options Field manager, dry run, signal.
 * @throws {ApiError} If the API server refuses, or there is no such object.
 */
export async function setReplicas<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  key: ObjectKey<S>,
  replicas: number,
  options?: WriteOptions,
): Promise<void> {
  const patch = mergePatch({ spec: { replicas } });
  await resource.subresource(Scale).patch(key, patch, options);
}
