import { valueAt } from "../../object/field_path.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import {
  dns1035Errors,
  labelErrors,
  subdomainErrors,
} from "../../validation/qualified_name.ts";
import { PERSISTENT_VOLUME_FIELDS } from "../persistent_volume_fields.ts";

/** Says what is wrong with an object. */
type Rule = (object: JsonObject) => readonly FieldError[];

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "" ||
    Array.isArray(value) && value.length === 0;
}

/** A field that must hold something. */
function need(path: string, why = "", field = path): Rule {
  return (object) =>
    isMissing(valueAt(object, path.split("."))) ? [required(field, why)] : [];
}

/** A number that must lie in a range. */
function range(path: string, largest: number, why: string): Rule {
  return (object) => {
    const value = Number(valueAt(object, path.split(".")) ?? 0);
    return value > 0 && value <= largest
      ? []
      : [invalidValue(path, value, why)];
  };
}

/** A text that must have a form. */
function form(path: string, errors: (text: string) => string[]): Rule {
  return (object) => {
    const text = String(valueAt(object, path.split(".")) ?? "");
    return errors(text).map((why) => invalidValue(path, text, why));
  };
}

/** A text that must be one of several. */
function choice(path: string, choices: readonly string[]): Rule {
  return (object) => {
    const value = valueAt(object, path.split(".")) ?? "";
    return choices.includes(String(value))
      ? []
      : [notSupported(path, value, choices)];
  };
}

/** One of several fields must be there. */
function oneOf(paths: readonly string[], error: FieldError): Rule {
  return (object) =>
    paths.every((path) => isMissing(valueAt(object, path.split("."))))
      ? [error]
      : [];
}

const AUTOSCALED: readonly Rule[] = [
  need("spec.scaleTargetRef.kind"),
  need("spec.scaleTargetRef.name"),
  (object) =>
    String(valueAt(object, ["spec", "scaleTargetRef", "apiVersion"]) ?? "")
        .includes("/")
      ? []
      : [
        invalidValue(
          "spec.scaleTargetRef.apiVersion",
          valueAt(object, ["spec", "scaleTargetRef", "apiVersion"]) ?? "",
          "apiVersion must specify API group",
        ),
      ],
  range("spec.maxReplicas", Infinity, "must be greater than 0"),
  (object) => {
    const [most = 0, least = 1] = ["maxReplicas", "minReplicas"].map((field) =>
      Number(valueAt(object, ["spec", field]) ?? 0)
    );
    const why = "must be greater than or equal to `minReplicas`";
    return most < least ? [invalidValue("spec.maxReplicas", most, why)] : [];
  },
];

const ENTRIES =
  "validations or auditAnnotations must contain at least one item";
const POLICY_ENTRIES = ["spec.validations", "spec.auditAnnotations"];
const NODES = [
  "nodeName",
  "nodeSelector",
  "allNodes",
  "perDeviceNodeSelection",
];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  "apiextensions.k8s.io/CustomResourceDefinition": [
    need("spec.group"),
    need("spec.scope"),
    need("spec.names.plural"),
    need("spec.names.singular"),
    need("spec.names.kind"),
    need("spec.names.listKind"),
  ],
  "/PersistentVolumeClaim": [
    need("spec.accessModes", "at least 1 access mode is required"),
    need("spec.resources.requests.storage", "", "spec.resources[storage]"),
  ],
  "/PersistentVolume": [
    need("spec.accessModes"),
    need("spec.capacity"),
    (object) =>
      isMissing(valueAt(object, ["spec", "capacity"]))
        ? [notSupported("spec.capacity", null, ["storage"])]
        : [],
    (object) =>
      Object.keys(Object(object.spec)).some((name) =>
          !PERSISTENT_VOLUME_FIELDS.includes(name)
        )
        ? []
        : [required("spec", "must specify a volume type")],
  ],
  "apiregistration.k8s.io/APIService": [
    (object) => {
      const [version = "", group = ""] = ["version", "group"].map((field) =>
        String(valueAt(object, ["spec", field]) ?? "")
      );
      const name = valueAt(object, ["metadata", "name"]) ?? "";
      const wanted = `${version}.${group}`;
      const why = `must be \`spec.version+"."+spec.group\`: "${wanted}"`;
      return name === wanted || name === ""
        ? []
        : [invalidValue("metadata.name", name, why)];
    },
    need(
      "spec.group",
      "only v1 may have an empty group and it better be legacy kube",
    ),
    range(
      "spec.groupPriorityMinimum",
      20_000,
      "must be positive and less than 20000",
    ),
    form("spec.version", dns1035Errors),
    range("spec.versionPriority", 1_000, "must be positive and less than 1000"),
  ],
  "autoscaling/HorizontalPodAutoscaler": AUTOSCALED,
  "batch/CronJob": [need("spec.schedule")],
  "certificates.k8s.io/CertificateSigningRequest": [
    need("spec.signerName"),
    need("spec.usages"),
    (object) =>
      isMissing(valueAt(object, ["spec", "request"]))
        ? [
          invalidValue(
            "spec.request",
            null,
            "PEM block type must be CERTIFICATE REQUEST",
          ),
        ]
        : [],
  ],
  "networking.k8s.io/IPAddress": [need("spec.parentRef")],
  "networking.k8s.io/IngressClass": [need("spec.controller")],
  "networking.k8s.io/Ingress": [
    oneOf(
      ["spec.defaultBackend", "spec.rules"],
      invalidValue(
        "spec",
        null,
        "either `defaultBackend` or `rules` must be specified",
      ),
    ),
  ],
  "networking.k8s.io/ServiceCIDR": [
    need("spec.cidrs", "at least one CIDR required"),
  ],
  "rbac.authorization.k8s.io/ClusterRoleBinding": [
    choice("roleRef.kind", ["ClusterRole"]),
    need("roleRef.name"),
  ],
  "rbac.authorization.k8s.io/RoleBinding": [
    choice("roleRef.kind", ["Role", "ClusterRole"]),
    need("roleRef.name"),
  ],
  "storage.k8s.io/CSIStorageCapacity": [
    form("storageClassName", subdomainErrors),
  ],
  "storage.k8s.io/StorageClass": [need("provisioner")],
  "storage.k8s.io/VolumeAttachment": [
    need("spec.attacher"),
    need("spec.attacher"),
    oneOf(
      ["spec.source.persistentVolumeName", "spec.source.inlineVolumeSpec"],
      required(
        "spec.source",
        "must specify exactly one of inlineVolumeSpec and persistentVolumeName",
      ),
    ),
    form("spec.nodeName", subdomainErrors),
  ],
  "storage.k8s.io/VolumeAttributesClass": [
    need("driverName"),
    need("parameters", "must contain at least one key/value pair"),
  ],
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": [
    oneOf(POLICY_ENTRIES, required("spec.validations", ENTRIES)),
    oneOf(POLICY_ENTRIES, required("spec.auditAnnotations", ENTRIES)),
    need("spec.matchConstraints"),
  ],
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": [
    need("spec.policyName"),
    need(
      "spec.validationActions",
      "at least one validation action is required",
    ),
  ],
  "node.k8s.io/RuntimeClass": [form("handler", labelErrors)],
  "discovery.k8s.io/EndpointSlice": [need("addressType")],
  "resource.k8s.io/ResourceSlice": [
    oneOf(
      NODES.map((name) => `spec.${name}`),
      required(
        "spec",
        `exactly one of ${
          NODES.map((name) => `\`${name}\``).join(", ")
        } is required`,
      ),
    ),
    need("spec.driver"),
    need("spec.pool.name"),
    range(
      "spec.pool.resourceSliceCount",
      Infinity,
      "must be greater than zero",
    ),
  ],
  "flowcontrol.apiserver.k8s.io/FlowSchema": [
    need(
      "spec.priorityLevelConfiguration.name",
      "must reference a priority level",
    ),
  ],
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration": [
    choice("spec.type", ["Exempt", "Limited"]),
  ],
};

/**
 * Says which fields an object of a built-in kind lacks.
 *
 * @param key Group and kind, as `apps/Deployment`.
 * @param object The object, with defaults.
 * @returns What is wrong.
 */
export function requiredErrors(key: string, object: JsonObject): FieldError[] {
  return (RULES[key] ?? []).flatMap((rule) => rule(object));
}
