/**
 * koprs: Kubernetes operators in TypeScript, on Deno.
 *
 * This module has everything that an operator needs. The descriptors of
 * built-in kinds are in `@koprs/koprs/builtin`, the embedded API server for
 * tests in `@koprs/koprs/testing`.
 *
 * @example Run an operator
 * ```ts ignore
 * import { Client, Controller, defineKind, loadConfig, run } from "@koprs/koprs";
 * import * as z from "zod";
 *
 * const Greeting = defineKind({
 *   group: "example.io",
 *   version: "v1alpha1",
 *   kind: "Greeting",
 *   plural: "greetings",
 *   scope: "Namespaced",
 *   spec: z.object({ message: z.string() }),
 *   status: z.object({ ready: z.boolean() }),
 * });
 *
 * await using client = new Client(await loadConfig(), {
 *   fieldManager: "greeting-operator",
 * });
 * const greetings = client.resource(Greeting);
 *
 * const controller = new Controller(greetings, async ({ metadata, spec }) => {
 *   console.log(`${metadata.namespace}/${metadata.name} says ${spec.message}`);
 *   await greetings.applyStatus({ metadata, status: { ready: true } });
 *   return { requeueAfter: 300_000 };
 * });
 *
 * await run([controller], { probes: { port: 8080 } });
 * ```
 *
 * @module
 */
export * from "./core/mod.ts";
export * from "./admission/mod.ts";
export * from "./external/mod.ts";
