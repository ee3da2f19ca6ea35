/** One operation of a JSON patch (RFC 6902). */
export type JsonPatchOperation =
  | {
    readonly op: "add" | "replace" | "test";
    readonly path: string;
    readonly value: unknown;
  }
  | { readonly op: "remove"; readonly path: string }
  | {
    readonly op: "move" | "copy";
    readonly from: string;
    readonly path: string;
  };

/** A JSON patch (RFC 6902): operations in order, all or none. */
export interface JsonPatch {
  /** The media type. */
  readonly contentType: "application/json-patch+json";
  /** The operations. */
  readonly body: readonly JsonPatchOperation[];
}

/** A JSON merge patch (RFC 7396): a part of the object; `null` removes. */
export interface MergePatch {
  /** The media type. */
  readonly contentType: "application/merge-patch+json";
  /** The part of the object. */
  readonly body: object;
}

/** A strategic merge patch: merges lists by key; built-in kinds only. */
export interface StrategicMergePatch {
  /** The media type. */
  readonly contentType: "application/strategic-merge-patch+json";
  /** The part of the object. */
  readonly body: object;
}

/** A change of an object, in one of the forms the API server takes. */
export type Patch = JsonPatch | MergePatch | StrategicMergePatch;

/**
 * Makes a JSON patch.
 *
 * @example Replace a value if it is still the old one
 * ```ts
 * import { jsonPatch } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const patch = jsonPatch([
 *   { op: "test", path: "/spec/replicas", value: 1 },
 *   { op: "replace", path: "/spec/replicas", value: 2 },
 * ]);
 * assertEquals(patch.contentType, "application/json-patch+json");
 * ```
 *
 * @param operations What to do, in order.
 * @returns The patch.
 */
export function jsonPatch(
  operations: readonly JsonPatchOperation[],
): JsonPatch {
  return { contentType: "application/json-patch+json", body: operations };
}

/**
 * Makes a JSON merge patch; lists are replaced whole.
 *
 * @example Set one label and remove another
 * ```ts
 * import { mergePatch } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const patch = mergePatch({ metadata: { labels: { app: "web", old: null } } });
 * assertEquals(patch.contentType, "application/merge-patch+json");
 * ```
 *
 * @param object The members to set, and `null` for those to remove.
 * @returns The patch.
 */
export function mergePatch(object: object): MergePatch {
  return { contentType: "application/merge-patch+json", body: object };
}

/**
 * Makes a strategic merge patch, for built-in kinds; lists merge by key.
 *
 * @example Change the image of one container
 * ```ts
 * import { strategicMergePatch } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const patch = strategicMergePatch({
 *   spec: { containers: [{ name: "web", image: "web:2" }] },
 * });
 * assertEquals(patch.contentType, "application/strategic-merge-patch+json");
 * ```
 *
 * @param object The members to set, and `null` for those to remove.
 * @returns The patch.
 */
export function strategicMergePatch(object: object): StrategicMergePatch {
  return {
    contentType: "application/strategic-merge-patch+json",
    body: object,
  };
}
