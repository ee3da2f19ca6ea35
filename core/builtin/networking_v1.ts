import type * as v1 from "@cloudydeno/kubernetes-apis/networking.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** An IP address that is in use by a service. */
export interface IPAddress extends Builtin<v1.IPAddress, "Cluster"> {}
/** Descriptor of `ipaddresses` in `networking.k8s.io/v1`. */
export const IPAddress: Kind<IPAddress, "Cluster"> = builtin({
  apiVersion: "networking.k8s.io/v1",
  kind: "IPAddress",
  plural: "ipaddresses",
  scope: "Cluster",
});

/** Rules for HTTP traffic from outside to services. */
export interface Ingress extends Builtin<v1.Ingress, "Namespaced"> {}
/** Descriptor of `ingresses` in `networking.k8s.io/v1`. */
export const Ingress: Kind<Ingress, "Namespaced"> = builtin({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  plural: "ingresses",
  scope: "Namespaced",
});

/** Which controller serves an ingress, and how. */
export interface IngressClass extends Builtin<v1.IngressClass, "Cluster"> {}
/** Descriptor of `ingressclasses` in `networking.k8s.io/v1`. */
export const IngressClass: Kind<IngressClass, "Cluster"> = builtin({
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  plural: "ingressclasses",
  scope: "Cluster",
});

/** What traffic may reach and leave pods. */
export interface NetworkPolicy
  extends Builtin<v1.NetworkPolicy, "Namespaced"> {}
/** Descriptor of `networkpolicies` in `networking.k8s.io/v1`. */
export const NetworkPolicy: Kind<NetworkPolicy, "Namespaced"> = builtin({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  plural: "networkpolicies",
  scope: "Namespaced",
});

/** A range of IP addresses for services. */
export interface ServiceCIDR extends Builtin<v1.ServiceCIDR, "Cluster"> {}
/** Descriptor of `servicecidrs` in `networking.k8s.io/v1`. */
export const ServiceCIDR: Kind<ServiceCIDR, "Cluster"> = builtin({
  apiVersion: "networking.k8s.io/v1",
  kind: "ServiceCIDR",
  plural: "servicecidrs",
  scope: "Cluster",
});
