import type {
  CustomResourceConversion,
  CustomResourceDefinitionManifest,
  CustomResourceNames,
} from "./crd_manifest.ts";
import type { CustomKind } from "./custom_kind.ts";
import { customResourceVersion } from "./custom_resource_version.ts";

/** Options of {@linkcode customResourceDefinition}. */
export interface CustomResourceDefinitionOptions {
  /**
   * The version objects are stored in; needed when there are several.
   *
   * @default {the only version}
   */
  readonly storage?: string;
  /**
   * The versions the server answers for.
   *
   * @default {all}
   */
  readonly served?: readonly string[];
  /**
   * How objects get from one version to another.
   *
   * @default {undefined} Only `apiVersion` changes.
   */
  readonly conversion?: CustomResourceConversion;
}

/**
 * Makes the CustomResourceDefinition of one custom kind in all its versions.
 *
 * {@linkcode CustomKind.manifest} is the short way to the CRD of one version.
 *
 * @example Two versions of one kind
 * ```ts
 * import {
 *   customResourceDefinition,
 *   defineKind,
 *   fromJsonSchema,
 * } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const names = {
 *   group: "example.io",
 *   kind: "Greeting",
 *   plural: "greetings",
 *   scope: "Namespaced",
 *   spec: fromJsonSchema<{ message: string }>({
 *     type: "object",
 *     properties: { message: { type: "string" } },
 *   }),
 * } as const;
 * const alpha = defineKind({ ...names, version: "v1alpha1" });
 * const stable = defineKind({ ...names, version: "v1" });
 *
 * const crd = customResourceDefinition([alpha, stable], { storage: "v1" });
 * assertEquals(crd.metadata.name, "greetings.example.io");
 * assertEquals(crd.spec.versions.map(({ name, storage }) => [name, storage]), [
 *   ["v1alpha1", false],
 *   ["v1", true],
 * ]);
 * ```
 *
 * @param kinds The kind, or one kind per version.
 * @param options Which version is stored, and how objects are converted.
 * @returns The CRD, as plain JSON.
 * @throws {TypeError} If the kinds are not versions of one, or the options
 * name a version that is not there.
 * @throws {SchemaError} If a schema has no Kubernetes form.
 */
export function customResourceDefinition(
  kinds: CustomKind<unknown> | readonly CustomKind<unknown>[],
  options: CustomResourceDefinitionOptions = {},
): CustomResourceDefinitionManifest {
  const versions: readonly CustomKind<unknown>[] = "plural" in kinds
    ? [kinds]
    : kinds;
  const [first] = versions;
  if (first === undefined) {
    throw new TypeError("Cannot make a CRD: there is no kind");
  }
  checkNames(versions, first);
  const known = versions.map(({ version }) => version);
  const { storage = known.length > 1 ? undefined : first.version } = options;
  const { served = known, conversion } = options;
  if (storage === undefined) {
    throw failure(first, "the option storage has to name the stored version");
  }
  const missing = [storage, ...served].find((name) => !known.includes(name));
  if (missing !== undefined) {
    throw failure(first, `there is no version "${missing}"`);
  }
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${first.plural}.${first.group}` },
    spec: {
      group: first.group,
      scope: first.scope,
      names: namesOf(first),
      versions: versions.map((kind) =>
        customResourceVersion(kind, {
          served: served.includes(kind.version),
          storage: kind.version === storage,
        })
      ),
      ...conversion === undefined ? {} : { conversion },
    },
  };
}

/** All versions of a kind share everything but the version. */
function checkNames(
  versions: readonly CustomKind<unknown>[],
  first: CustomKind<unknown>,
): void {
  const shared = JSON.stringify([first.group, first.scope, namesOf(first)]);
  const seen = new Set<string>();
  for (const kind of versions) {
    const { group, scope, version } = kind;
    if (JSON.stringify([group, scope, namesOf(kind)]) !== shared) {
      throw failure(
        first,
        `"${version}" has another group, scope or name than "${first.version}"`,
      );
    }
    if (seen.has(version)) throw failure(first, `"${version}" is there twice`);
    seen.add(version);
  }
}

function failure({ kind }: CustomKind<unknown>, reason: string): TypeError {
  return new TypeError(`Cannot make the CRD of "${kind}": ${reason}`);
}

function namesOf(kind: CustomKind<unknown>): CustomResourceNames {
  const { shortNames = [], categories = [] } = kind;
  return {
    plural: kind.plural,
    singular: kind.singular ?? kind.kind.toLowerCase(),
    kind: kind.kind,
    listKind: kind.listKind ?? `${kind.kind}List`,
    ...shortNames.length === 0 ? {} : { shortNames },
    ...categories.length === 0 ? {} : { categories },
  };
}
