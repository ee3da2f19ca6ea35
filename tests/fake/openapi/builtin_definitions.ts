import type { JsonObject } from "../schema/type_schema.ts";

/** Definitions of kinds and their parts by name, with descriptions. */
export type Definitions = Readonly<Record<string, JsonObject>>;

let cached: Promise<Definitions> | undefined;

/**
 * Loads the definitions of built-in kinds, which takes a moment the first time.
 *
 * @returns The definitions as kube-apiserver has them in its OpenAPI documents.
 */
export function builtinDefinitions(): Promise<Definitions> {
  return cached ??= load();
}

async function load(): Promise<Definitions> {
  const { default: { gzip } } = await import(
    "./definitions_data.json",
    { with: { type: "json" } }
  );
  const bytes = Uint8Array.from(atob(gzip), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  // Written by distil.ts in this shape.
  return await new Response(stream).json() as Definitions;
}

/** What an OpenAPI definition says of the kinds it is for. */
export interface GroupVersionKind {
  /** API group; empty for the core group. */
  readonly group: string;
  /** API version. */
  readonly version: string;
  /** Kind. */
  readonly kind: string;
}

/**
 * Finds the definition of a kind.
 *
 * @param definitions Where to look.
 * @param of The kind.
 * @returns Its name; `undefined` if there is none.
 */
export function definitionOf(
  definitions: Definitions,
  of: GroupVersionKind,
): string | undefined {
  const end = `.${of.version}.${of.kind}`;
  return Object.keys(definitions).find((name) =>
    name.endsWith(end) &&
    kindsOf(definitions[name]).some((one) =>
      one.group === of.group && one.version === of.version &&
      one.kind === of.kind
    )
  );
}

function kindsOf(definition: JsonObject | undefined): GroupVersionKind[] {
  const kinds = definition?.["x-kubernetes-group-version-kind"];
  // OpenAPI documents of Kubernetes have it in this shape.
  return Array.isArray(kinds) ? kinds as GroupVersionKind[] : [];
}
