import type { KubeObject } from "../core/kind/object.ts";

/** Any part of an object; what is missing is made up. */
export interface ObjectParts {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/**
 * Makes an object for a test: a ConfigMap `default/a` unless told otherwise.
 *
 * @param parts What matters to the test; `namespace: undefined` leaves it out.
 * @returns The object.
 */
export function kubeObject(parts: ObjectParts = {}): KubeObject {
  const metadata = {
    name: "a",
    namespace: "default",
    uid: "uid-1",
    resourceVersion: "1",
    creationTimestamp: "2025-01-01T00:00:00Z",
    ...parts.metadata,
  };
  return { apiVersion: "v1", kind: "ConfigMap", ...parts, metadata };
}
