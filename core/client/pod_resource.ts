import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { NamespacedKey } from "../kind/scope.ts";
import { resourcePath } from "./resource_path.ts";
import type { Transport } from "./transport.ts";

/** What the streams of Pods need: `client.resource(Pod)` is one. */
export interface PodResource {
  /** The kind: Pods. */
  readonly kind: Kind<KubeObject<"Namespaced">, "Namespaced">;
  /** Sends requests. */
  readonly transport: Transport;
}

/** What the opening of every stream of a Pod can be told. */
export interface PodStreamOptions {
  /** Ends the stream, whether it is open yet or not. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the stream may take to open, in milliseconds.
   *
   * @default {30000}
   */
  readonly timeout?: number | undefined;
}

/**
 * Makes the path of a stream of a Pod.
 *
 * @example Make the path of its log
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { podPath } from "./pod_resource.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   podPath(Pod, { key: { namespace: "a", name: "b" }, stream: "log" }),
 *   "/api/v1/namespaces/a/pods/b/log",
 * );
 * ```
 *
 * @param kind The kind.
 * @param of The Pod, and its stream.
 * @returns The path.
 * @throws {TypeError} If the kind is another.
 */
export function podPath(
  kind: PodResource["kind"],
  of: {
    readonly key: NamespacedKey;
    readonly stream: "log" | "exec" | "attach" | "portforward";
  },
): string {
  const { key: { namespace, name }, stream } = of;
  if (kind.apiVersion !== "v1" || kind.kind !== "Pod") {
    throw new TypeError(
      `Cannot open the ${stream} of ${kind.kind} "${namespace}/${name}": ` +
        `only Pods have one`,
    );
  }
  return resourcePath(kind, { namespace, name, subresource: stream });
}
