import type { Deployment } from "@koprs/koprs/builtin";
import type { Manifest } from "@koprs/koprs/core";

/**
 * A Deployment `web` of one replica and one container, `web`.
 *
 * @param key Where it is.
 * @param key.namespace Its namespace.
 * @returns What to create.
 */
export function deploymentManifest(
  { namespace }: { readonly namespace: string },
): Manifest<Deployment, "Namespaced"> & {
  readonly spec: NonNullable<Deployment["spec"]>;
} {
  const labels = { app: "web" };
  const containers = [{ name: "web", image: "web:1" }];
  return {
    metadata: { name: "web", namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
}
