import type { CustomResourceDefinitionManifest } from "./crd_manifest.ts";
import type { CustomKind, KindDefinition } from "./custom_kind.ts";
import type { CustomObject, NoStatus } from "./custom_object.ts";
import { customResourceDefinition } from "./custom_resource_definition.ts";
import { checkKindNames } from "./kind_names.ts";
import type { Scope } from "./scope.ts";

/**
 * Makes a custom kind from names and schemas.
 *
 * One schema gives the TypeScript type, the CRD and the validation by the
 * server. `Spec extends Input` refuses schemas that turn a value into one of
 * another type: the API server stores the input, and koprs does not parse what
 * it reads. For the same reason `trim()` and the like have no effect.
 *
 * @example Define a kind
 * ```ts
 * import { defineKind } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const Greeting = defineKind({
 *   group: "example.io",
 *   version: "v1alpha1",
 *   kind: "Greeting",
 *   plural: "greetings",
 *   scope: "Namespaced",
 *   spec: z.object({ message: z.string().max(200) }),
 *   status: z.object({ ready: z.boolean() }),
 * });
 * assertEquals(Greeting.apiVersion, "example.io/v1alpha1");
 * assertEquals(Greeting.manifest.metadata.name, "greetings.example.io");
 * ```
 *
 * @typeParam Input The type of a spec before defaults.
 * @typeParam Spec The type of a spec after defaults.
 * @typeParam S The scope of the kind.
 * @typeParam Status The type of the status.
 * @param definition What the kind is.
 * @returns The descriptor.
 * @throws {TypeError} If a name has a form that the API server refuses.
 */
export function defineKind<
  Input,
  Spec extends Input,
  S extends Scope,
  Status = NoStatus,
>(
  definition: KindDefinition<Input, Spec, Status, S>,
): CustomKind<CustomObject<Spec, Status, S>, S> {
  checkKindNames(definition);
  let manifest: CustomResourceDefinitionManifest | undefined;
  const kind: CustomKind<CustomObject<Spec, Status, S>, S> = Object.freeze({
    ...definition,
    apiVersion: `${definition.group}/${definition.version}`,
    get manifest(): CustomResourceDefinitionManifest {
      return manifest ??= customResourceDefinition(kind);
    },
  });
  return kind;
}
