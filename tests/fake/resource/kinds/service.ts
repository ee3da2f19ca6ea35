import { isObject } from "../../merge/json_value.ts";
import { valueAt } from "../../object/field_path.ts";
import { metadataOf, without } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import { labelMapErrors } from "../../validation/label_selector_validation.ts";
import {
  samePortErrors,
  servicePortErrors,
} from "../../validation/port_validation.ts";
import { dns1035Errors } from "../../validation/qualified_name.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inEach, inField } from "./defaulted.ts";

function specDefaults(spec: JsonObject): JsonObject {
  const result = filled(spec, { sessionAffinity: "None", type: "ClusterIP" });
  const hasAddresses = Array.isArray(result.externalIPs) &&
    result.externalIPs.length > 0;
  const isExternal = result.type === "NodePort" ||
    result.type === "LoadBalancer" ||
    result.type === "ClusterIP" && hasAddresses;
  return inEach(
    filled(withAffinity(result), {
      ...result.type === "ExternalName" ? {} : {
        internalTrafficPolicy: "Cluster",
      },
      ...isExternal ? { externalTrafficPolicy: "Cluster" } : {},
      ...result.type === "LoadBalancer"
        ? { allocateLoadBalancerNodePorts: true }
        : {},
    }),
    "ports",
    (port) => {
      const { targetPort } = port;
      const named = filled(port, { protocol: "TCP" });
      return targetPort === undefined || targetPort === 0 || targetPort === ""
        ? { ...named, targetPort: port.port }
        : named;
    },
  );
}

const AFFINITY = { clientIP: { timeoutSeconds: 10_800 } };

function withAffinity(spec: JsonObject): JsonObject {
  const field = "sessionAffinityConfig";
  if (spec.sessionAffinity === "None") return without(spec, field);
  const timeout = valueAt(spec, [field, "clientIP", "timeoutSeconds"]);
  return spec.sessionAffinity === "ClientIP" && timeout === undefined
    ? { ...spec, [field]: AFFINITY }
    : spec;
}

/** Addresses of a load balancer are virtual ones unless they say otherwise. */
function setDefaults(object: JsonObject): JsonObject {
  const result = inField(object, "spec", specDefaults);
  if (valueAt(result, ["spec", "type"]) !== "LoadBalancer") return result;
  return inField(
    result,
    "status",
    (status) =>
      inField(
        status,
        "loadBalancer",
        (of) =>
          inEach(of, "ingress", (ingress) =>
            ingress.ip ? filled(ingress, { ipMode: "VIP" }) : ingress),
      ),
  );
}

/** An address that differs from service to service. */
function clusterIp({ metadata }: JsonObject): string {
  const { uid = "" } = metadataOf({ metadata });
  const [high = 0, low = 0] = [uid.slice(0, 2), uid.slice(2, 4)]
    .map((hex) => parseInt(hex, 16) || 0);
  return `10.96.${high}.${Math.max(1, low)}`;
}

function withAddress(object: JsonObject): JsonObject {
  return inField(object, "spec", (spec) => {
    if (spec.type === "ExternalName") return spec;
    const families = { ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" };
    const clusterIP = spec.clusterIP || clusterIp(object);
    return filled({ ...spec, clusterIP }, {
      clusterIPs: [clusterIP],
      ...families,
    });
  });
}

const KEPT = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"];

/** Services: `SetDefaults_Service`, with addresses as the server gives them. */
export const SERVICE: NativeTraits = {
  answersDeleted: true,
  createsOnUpdate: true,
  nameErrors: dns1035Errors,
  selectableFields: {
    "spec.clusterIP": ({ spec }) =>
      isObject(spec) ? String(spec.clusterIP ?? "") : "",
    "spec.type": ({ spec }) => isObject(spec) ? String(spec.type ?? "") : "",
  },
  unknownFieldText: (field) => `field label not supported: ${field}`,
  setDefaults,
  prepareForCreate: withAddress,
  prepareForUpdate: ({ live, next }) =>
    inField(next, "spec", (spec) => {
      const former = isObject(live.spec) ? live.spec : {};
      const kept = KEPT.filter((name) => name in former);
      const isHeadless = spec.type === "ExternalName";
      return isHeadless ? spec : filled(
        spec,
        Object.fromEntries(kept.map((name) => [name, former[name]])),
      );
    }),
  validate({ spec }): FieldError[] {
    if (!isObject(spec)) return [];
    const { type, clusterIP, selector } = spec;
    const ports = Array.isArray(spec.ports) ? spec.ports.filter(isObject) : [];
    const needsPorts = type !== "ExternalName" && clusterIP !== "None";
    const path = "spec.ports";
    return [
      ...needsPorts && ports.length === 0 ? [required(path)] : [],
      ...type === "ExternalName" && !spec.externalName
        ? [required("spec.externalName")]
        : [],
      ...servicePortErrors(ports, path),
      ...labelMapErrors(selector, "spec.selector"),
      ...choice(spec, "sessionAffinity", ["ClientIP", "None"]),
      ...choice(spec, "type", TYPES),
      ...samePortErrors(ports, path),
    ];
  },
};

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

function choice(
  spec: JsonObject,
  field: string,
  choices: readonly string[],
): FieldError[] {
  const value = spec[field];
  return choices.includes(String(value))
    ? []
    : [notSupported(`spec.${field}`, value, choices)];
}
