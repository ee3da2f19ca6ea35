import type { Kind } from "../kind/kind.ts";

/** Names what a path leads to. */
export interface ResourcePathOptions {
  /**
   * The namespace.
   *
   * @default {undefined} all namespaces, or none for a cluster-scoped kind
   */
  readonly namespace?: string | undefined;
  /**
   * The name of one object.
   *
   * @default {undefined} the collection
   */
  readonly name?: string | undefined;
  /**
   * A part of that object, such as `"status"`.
   *
   * @default {undefined} the object itself
   */
  readonly subresource?: string | undefined;
}

/**
 * Makes the path of a collection, of an object or of a subresource.
 *
 * An empty name would turn the deletion of one object into that of a
 * collection, so every name given must be one path segment.
 *
 * @example Make three paths
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { resourcePath } from "./resource_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(resourcePath(ConfigMap), "/api/v1/configmaps");
 * assertEquals(
 *   resourcePath(ConfigMap, { namespace: "default", name: "app" }),
 *   "/api/v1/namespaces/default/configmaps/app",
 * );
 * ```
 *
 * @param kind The kind.
 * @param options Namespace, name and subresource.
 * @returns The path, encoded, without a query.
 * @throws {TypeError} If a part is empty, `.`, `..`, or holds a slash or
 *   percent sign; if the namespace does not fit the scope of the kind.
 */
export function resourcePath(
  kind: Pick<Kind, "group" | "version" | "kind" | "plural" | "scope">,
  options: ResourcePathOptions = {},
): string {
  const { namespace, name, subresource } = options;
  const { group, version, plural } = kind;
  let path = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  if (namespace !== undefined) {
    if (kind.scope === "Cluster") {
      throw failure(kind, "it is cluster-scoped and has no namespace");
    }
    path += `/namespaces/${segment(kind, "namespace", namespace)}`;
  } else if (name !== undefined && kind.scope === "Namespaced") {
    throw failure(kind, `object ${JSON.stringify(name)} needs a namespace`);
  }
  path += `/${plural}`;
  if (name !== undefined) {
    path += `/${segment(kind, "name", name)}`;
    if (subresource !== undefined) {
      path += `/${segment(kind, "subresource", subresource)}`;
    }
  } else if (subresource !== undefined) {
    throw failure(kind, `subresource "${subresource}" needs a name`);
  }
  return path;
}

/** The rule of `ValidatePathSegmentName` in apimachinery, and not empty. */
function segment(
  kind: Pick<Kind, "kind">,
  part: string,
  value: string,
): string {
  if (
    value === "" || value === "." || value === ".." || /[/%]/.test(value) ||
    !value.isWellFormed()
  ) {
    throw failure(
      kind,
      `${part} ${JSON.stringify(value)} is not one path segment`,
    );
  }
  return encodeURIComponent(value);
}

function failure(kind: Pick<Kind, "kind">, why: string): TypeError {
  return new TypeError(`Cannot address ${kind.kind}: ${why}`);
}
