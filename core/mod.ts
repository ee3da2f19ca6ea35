/**
 * The core of koprs: kinds, a client of the Kubernetes API, informers,
 * controllers, and what a program needs to run them.
 *
 * @example An operator, and its test
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, Controller, start, waitFor } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "stamper" });
 * const configMaps = client.resource(ConfigMap);
 *
 * const controller = new Controller(configMaps, async ({ metadata }) => {
 *   const { name, namespace } = metadata;
 *   await configMaps.apply({
 *     metadata: { name, namespace, labels: { stamped: "yes" } },
 *   });
 * });
 * await using _running = start(controller);
 *
 * const key = { name: "app", namespace: "default" };
 * await configMaps.create({ metadata: key });
 * const stamped = await waitFor(configMaps, key, {
 *   condition: (configMap) => configMap?.metadata.labels?.stamped === "yes",
 *   timeout: 5_000,
 * });
 * assertEquals(stamped?.metadata.name, "app");
 * ```
 *
 * @module
 */

export * from "./kind/mod.ts";
export * from "./client/mod.ts";
export * from "./watch/mod.ts";
export * from "./write/mod.ts";
export * from "./controller/mod.ts";
export * from "./run/mod.ts";
export * from "./telemetry/mod.ts";
export * from "./timing/mod.ts";
