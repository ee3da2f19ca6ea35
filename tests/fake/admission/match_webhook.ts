import { internalError, notFound } from "../http/status_errors.ts";
import { isEmpty } from "../merge/json_value.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { selectsLabels } from "../selector/object_selector.ts";
import type { ServerState } from "../server_state.ts";
import type { AdmissionAttributes } from "./admission_attributes.ts";
import { matchesRule, type MatchRule } from "./match_rule.ts";

/** What says which requests matter to a webhook or a policy. */
export interface MatchSpec {
  /** What it is asked about. */
  readonly rules?: readonly MatchRule[];
  /** Whether rules mean other versions of a resource too. */
  readonly matchPolicy: "Exact" | "Equivalent";
  /** Labels of the namespaces it is asked about. */
  readonly namespaceSelector: JsonObject;
  /** Labels of the objects it is asked about. */
  readonly objectSelector: JsonObject;
}

/** The server, as far as it matters here. */
type Served = Pick<ServerState, "store" | "resources">;

/**
 * Finds in which version a webhook is asked about a request, as
 * `ShouldCallHook` of the webhook plugins does.
 *
 * @param state The server.
 * @param spec What the webhook wants to be asked about.
 * @param attributes The request.
 * @returns The resource in that version; `undefined` if it is not asked.
 * @throws {StatusError} 404 if there is no such namespace.
 */
export function matchWebhook(
  state: Served,
  spec: MatchSpec,
  attributes: AdmissionAttributes,
): ServedResource | undefined {
  const { object, oldObject } = attributes;
  const isWanted = isEmpty(spec.objectSelector) ||
    selects(spec.objectSelector, object) ||
    selects(spec.objectSelector, oldObject);
  if (!isWanted) return undefined;
  const { namespaceSelector } = spec;
  const isNamed = !isEmpty(namespaceSelector) && !isClusterWide(attributes);
  const labels = isNamed ? namespaceLabels(state, attributes) : {};
  if (isNamed && labels && !selectsLabels(namespaceSelector, labels)) {
    return undefined;
  }
  const found = matchingResource(state, spec, attributes);
  // A request that no rule covers does not fail for want of a namespace.
  if (found !== undefined && labels === undefined) {
    const namespaces = { group: "", name: "namespaces" };
    throw notFound(namespaces, attributes.namespace);
  }
  return found;
}

function matchingResource(
  { resources }: Served,
  { rules = [], matchPolicy }: MatchSpec,
  attributes: AdmissionAttributes,
): ServedResource | undefined {
  const { served, subresource } = attributes;
  if (rules.some((rule) => matchesRule(rule, attributes))) return served;
  if (matchPolicy !== "Equivalent") return undefined;
  const others = resources.all.filter((other) =>
    other.collection === served.collection && other !== served &&
    (subresource === "" ||
      other.subresources.some(({ name }) => name === subresource))
  );
  for (const rule of rules) {
    for (const other of others) {
      const { group, version, plural: resource } = other;
      const as = { ...attributes, resource: { group, version, resource } };
      if (matchesRule(rule, as)) return other;
    }
  }
  return undefined;
}

function selects(selector: JsonObject, object: JsonObject | undefined) {
  return object !== undefined && "metadata" in object &&
    selectsLabels(selector, metadataOf(object).labels ?? {});
}

function isClusterWide({ namespace, resource }: AdmissionAttributes): boolean {
  return namespace === "" && resource.resource !== "namespaces";
}

/** The labels of the namespace of a request; `undefined` without it. */
function namespaceLabels(
  { store }: Served,
  attributes: AdmissionAttributes,
): Readonly<Record<string, string>> | undefined {
  const { namespace, resource, subresource, operation } = attributes;
  const isWrite = operation === "CREATE" || operation === "UPDATE";
  if (resource.resource === "namespaces" && subresource === "" && isWrite) {
    if (attributes.object === undefined) {
      throw internalError("object does not implement the Object interfaces");
    }
    return metadataOf(attributes.object).labels ?? {};
  }
  const found = store.collection("namespaces").get(namespace);
  return found && (metadataOf(found.object).labels ?? {});
}
