import type * as v1 from "@cloudydeno/kubernetes-apis/rbac.authorization.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** Permissions in all namespaces, or for kinds without one. */
export interface ClusterRole extends Builtin<v1.ClusterRole, "Cluster"> {}
/** Descriptor of `clusterroles` in `rbac.authorization.k8s.io/v1`. */
export const ClusterRole: Kind<ClusterRole, "Cluster"> = builtin({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  plural: "clusterroles",
  scope: "Cluster",
});

/** Who has a cluster role, in all namespaces. */
export interface ClusterRoleBinding
  extends Builtin<v1.ClusterRoleBinding, "Cluster"> {}
/** Descriptor of `clusterrolebindings` in `rbac.authorization.k8s.io/v1`. */
export const ClusterRoleBinding: Kind<ClusterRoleBinding, "Cluster"> = builtin({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  plural: "clusterrolebindings",
  scope: "Cluster",
});

/** Permissions in one namespace. */
export interface Role extends Builtin<v1.Role, "Namespaced"> {}
/** Descriptor of `roles` in `rbac.authorization.k8s.io/v1`. */
export const Role: Kind<Role, "Namespaced"> = builtin({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "Role",
  plural: "roles",
  scope: "Namespaced",
});

/** Who has a role, in one namespace. */
export interface RoleBinding extends Builtin<v1.RoleBinding, "Namespaced"> {}
/** Descriptor of `rolebindings` in `rbac.authorization.k8s.io/v1`. */
export const RoleBinding: Kind<RoleBinding, "Namespaced"> = builtin({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  plural: "rolebindings",
  scope: "Namespaced",
});
