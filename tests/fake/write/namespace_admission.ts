import { forbidden, notFound } from "../http/status_errors.ts";
import { metadataOf } from "../object/object_meta.ts";
import {
  resourceName,
  type ServedResource,
} from "../resource/served_resource.ts";
import type { ServerState } from "../server_state.ts";

/** Namespaces that the server keeps. */
const KEPT = new Set(["default", "kube-system", "kube-public"]);

/**
 * Checks that something may be created in a namespace, as the admission plugin
 * NamespaceLifecycle does.
 *
 * @param state The server.
 * @param resource The resource.
 * @param target Namespace and name of the object.
 * @throws {StatusError} 404 if there is no such namespace, 403 if it goes.
 */
export function admitToNamespace(
  { store }: ServerState,
  resource: ServedResource,
  target: { readonly namespace: string; readonly name: string },
): void {
  const { namespace, name } = target;
  if (!resource.namespaced) return;
  const found = store.collection("namespaces").get(namespace);
  if (found === undefined) {
    throw notFound({ group: "", name: "namespaces" }, namespace);
  }
  if (metadataOf(found.object).deletionTimestamp === undefined) return;
  throw forbidden(resourceName(resource), {
    name,
    why:
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    causes: [{
      reason: "NamespaceTerminating",
      message: `namespace ${namespace} is being terminated`,
      field: "metadata.namespace",
    }],
  });
}

/**
 * Checks that an object may be deleted.
 *
 * @param resource The resource.
 * @param name Name of the object.
 * @throws {StatusError} 403 if it is a namespace that the server keeps.
 */
export function admitDelete(resource: ServedResource, name: string): void {
  if (resource.collection !== "namespaces" || !KEPT.has(name)) return;
  throw forbidden(resourceName(resource), {
    name,
    why: "this namespace may not be deleted",
  });
}
