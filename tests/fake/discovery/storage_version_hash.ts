import type { ServedResource } from "../resource/served_resource.ts";

/** Versions in which built-in kinds are stored, where they are served in others. */
const STORED: Readonly<Record<string, string>> = {
  "apiextensions.k8s.io/CustomResourceDefinition":
    "apiextensions.k8s.io/v1beta1",
  "autoscaling/HorizontalPodAutoscaler": "autoscaling/v2",
  "events.k8s.io/Event": "/v1",
  "storage.k8s.io/VolumeAttributesClass": "storage.k8s.io/v1beta1",
};

const HASH_BYTES = 8;

/**
 * Names the version in which objects are stored, as discovery does
 * (`StorageVersionHash` of apiserver).
 *
 * @param resource The resource.
 * @returns The hash; `undefined` if nothing is stored.
 */
export async function storageVersionHash(
  { group, version, kind, verbs, strategy, toStored }: ServedResource,
): Promise<string | undefined> {
  const isStored = verbs.includes("list") && kind !== "ComponentStatus";
  if (!isStored) return undefined;
  const stored = strategy.custom
    ? String(toStored({}).apiVersion)
    : STORED[`${group}/${kind}`] ?? `${group}/${version}`;
  const name = new TextEncoder().encode(`${stored}/${kind}`);
  const digest = await crypto.subtle.digest("SHA-256", name);
  const bytes = new Uint8Array(digest).subarray(0, HASH_BYTES);
  return btoa(String.fromCharCode(...bytes));
}
