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
  const fail = (reason: string): never => {
    throw new TypeError(`Cannot make the CRD of "${first.kind}": ${reason}`);
  };
  for (const kind of versions) {
    for (const member of identity(kind)) {
      if (!identity(first).includes(member)) {
        fail(`${member} of ${kind.version} differs from ${first.version}`);
      }
    }
  }
  const known = versions.map(({ version }) => version);
  if (new Set(known).size < known.length) {
    fail(`two kinds have the same version`);
  }
  const {
    served = known,
    storage = known.length === 1 ? known[0] : undefined,
  } = options;
  if (storage === undefined) fail("the option storage has to name a version");
  for (const version of [storage, ...served]) {
    if (version !== undefined && !known.includes(version)) {
      fail(`version ${version} is not among ${known.join(", ")}`);
    }
  }
  const { conversion } = options;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${first.plural}.${first.group}` },
    spec: {
      group: first.group,
      scope: first.scope,
      names: names(first),
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

/** What all versions of a kind share, as `member "value"`. */
function identity(kind: CustomKind<unknown>): readonly string[] {
  const { group, scope } = kind;
  return Object.entries({ group, scope, ...names(kind) }).map(
    ([member, value]) => `${member} ${JSON.stringify(value)}`,
  );
}

function names(kind: CustomKind<unknown>): CustomResourceNames {
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
