import type { User } from "../access/user.ts";
import type { RequestContext } from "../http/request_context.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type Operation, operationOptions } from "./operation_options.ts";

/** A resource, as reviews name it. */
export interface GroupVersionResource {
  /** API group; empty for the core group. */
  readonly group: string;
  /** API version. */
  readonly version: string;
  /** Plural name. */
  readonly resource: string;
}

/** A kind, as reviews name it. */
export interface GroupVersionKind {
  /** API group; empty for the core group. */
  readonly group: string;
  /** API version. */
  readonly version: string;
  /** Name of the kind. */
  readonly kind: string;
}

/** What a handler knows of the object that it is about to write. */
export interface Admission {
  /** What is done. */
  readonly operation: Operation;
  /** The object as it shall be; none of a deletion. */
  readonly object?: JsonObject;
  /** The object as it is; none of a creation. */
  readonly oldObject?: JsonObject | undefined;
  /** Options of a deletion; others are read from the query. */
  readonly options?: JsonObject;
}

/** A request, as admission looks at it. */
export interface AdmissionAttributes extends Admission {
  /** What is sent to which resource. */
  readonly served: ServedResource;
  /** Kind of the object. */
  readonly kind: GroupVersionKind;
  /** The resource. */
  readonly resource: GroupVersionResource;
  /** Subresource; empty without. */
  readonly subresource: string;
  /** Namespace; of a namespace its own name; empty without. */
  readonly namespace: string;
  /** Name of the object; empty where the server has still to make it. */
  readonly name: string;
  /** Who sends it. */
  readonly user: User;
  /** Whether nothing is stored. */
  readonly dryRun: boolean;
}

/**
 * Describes a request as admission looks at it.
 *
 * @param context The request.
 * @param admission What it does.
 * @returns The attributes.
 */
export function admissionAttributes(
  context: RequestContext,
  admission: Admission,
): AdmissionAttributes {
  const { info, resource: served, user } = context;
  const { subresource } = info;
  const { group, version, plural } = served;
  const { name: given = "" } = metadataOf(admission.object ?? {});
  const name = info.name || given;
  const isNamespace = served.collection === "namespaces";
  const options = admission.options ??
    operationOptions(context, admission.operation);
  return {
    ...admission,
    ...options === undefined ? {} : { options },
    served,
    kind: kindOf(served, subresource),
    resource: { group, version, resource: plural },
    subresource,
    namespace: info.namespace || (isNamespace ? name : ""),
    name,
    user,
    dryRun: isDryRun(options),
  };
}

/**
 * Names the kind that a resource or its subresource takes.
 *
 * @param served The resource.
 * @param subresource The subresource; empty for itself.
 * @returns The kind.
 */
export function kindOf(
  served: ServedResource,
  subresource: string,
): GroupVersionKind {
  const { group, version, kind } =
    served.subresources.find(({ name }) => name === subresource) ?? served;
  return { group, version, kind };
}

function isDryRun(options: JsonObject | undefined): boolean {
  const { dryRun } = options ?? {};
  return Array.isArray(dryRun) && dryRun.length > 0;
}
