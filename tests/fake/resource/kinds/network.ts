import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inEach, inField } from "./defaulted.ts";

function portDefaults(rule: JsonObject): JsonObject {
  return inEach(rule, "ports", (port) => filled(port, { protocol: "TCP" }));
}

/** NetworkPolicies: `SetDefaults_NetworkPolicy` of Kubernetes. */
export const NETWORK_POLICY: NativeTraits = {
  countsGenerations: true,
  setDefaults: (object) =>
    inField(object, "spec", (spec) => {
      const hasEgress = Array.isArray(spec.egress);
      const policyTypes = hasEgress ? ["Ingress", "Egress"] : ["Ingress"];
      const ruled = inEach(
        inEach(spec, "ingress", portDefaults),
        "egress",
        portDefaults,
      );
      return filled(ruled, { policyTypes });
    }),
};

/** Role bindings, whose subjects belong to a group by their kind. */
export const ROLE_BINDING: NativeTraits = {
  setDefaults: (object) =>
    inEach(
      inField(object, "roleRef", (ref) =>
        filled(ref, { apiGroup: "rbac.authorization.k8s.io" })),
      "subjects",
      (subject) =>
        subject.kind === "ServiceAccount"
          ? subject
          : filled(subject, { apiGroup: "rbac.authorization.k8s.io" }),
    ),
  createsOnUpdate: true,
  nameErrors: () => [],
};

/** Horizontal pod autoscalers in v2. */
export const AUTOSCALER: NativeTraits = {
  setDefaults: (object) =>
    inField(object, "spec", (spec) => ({
      minReplicas: 1,
      ...spec,
      metrics: Array.isArray(spec.metrics) && spec.metrics.length > 0
        ? spec.metrics
        : [CPU],
    })),
};

const CPU = {
  type: "Resource",
  resource: {
    name: "cpu",
    target: { type: "Utilization", averageUtilization: 80 },
  },
};

/** Ingresses keep their status and count generations. */
export const INGRESS: NativeTraits = { countsGenerations: true };

/** IngressClasses: `SetDefaults_IngressClass`. */
export const INGRESS_CLASS: NativeTraits = {
  countsGenerations: true,
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) =>
        inField(spec, "parameters", (of) => filled(of, { scope: "Cluster" })),
    ),
};
