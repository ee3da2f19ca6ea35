import type * as v1 from "@cloudydeno/kubernetes-apis/admissionregistration.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** Webhooks that change objects before they are stored. */
export interface MutatingWebhookConfiguration
  extends Builtin<v1.MutatingWebhookConfiguration, "Cluster"> {}
/** Descriptor of `mutatingwebhookconfigurations` in `admissionregistration.k8s.io/v1`. */
export const MutatingWebhookConfiguration: Kind<
  MutatingWebhookConfiguration,
  "Cluster"
> = builtin({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingWebhookConfiguration",
  plural: "mutatingwebhookconfigurations",
  scope: "Cluster",
});

/** Rules that objects have to pass before they are stored. */
export interface ValidatingAdmissionPolicy
  extends Builtin<v1.ValidatingAdmissionPolicy, "Cluster"> {}
/** Descriptor of `validatingadmissionpolicies` in `admissionregistration.k8s.io/v1`. */
export const ValidatingAdmissionPolicy: Kind<
  ValidatingAdmissionPolicy,
  "Cluster"
> = builtin({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicy",
  plural: "validatingadmissionpolicies",
  scope: "Cluster",
});

/** Where the rules of a {@linkcode ValidatingAdmissionPolicy} hold. */
export interface ValidatingAdmissionPolicyBinding
  extends Builtin<v1.ValidatingAdmissionPolicyBinding, "Cluster"> {}
/** Descriptor of `validatingadmissionpolicybindings` in `admissionregistration.k8s.io/v1`. */
export const ValidatingAdmissionPolicyBinding: Kind<
  ValidatingAdmissionPolicyBinding,
  "Cluster"
> = builtin({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicyBinding",
  plural: "validatingadmissionpolicybindings",
  scope: "Cluster",
});

/** Webhooks that judge objects before they are stored. */
export interface ValidatingWebhookConfiguration
  extends Builtin<v1.ValidatingWebhookConfiguration, "Cluster"> {}
/** Descriptor of `validatingwebhookconfigurations` in `admissionregistration.k8s.io/v1`. */
export const ValidatingWebhookConfiguration: Kind<
  ValidatingWebhookConfiguration,
  "Cluster"
> = builtin({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  plural: "validatingwebhookconfigurations",
  scope: "Cluster",
});
