import type * as v1 from "@cloudydeno/kubernetes-apis/authorization.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A question what somebody may do in a namespace; it can only be created. */
export interface LocalSubjectAccessReview
  extends Builtin<v1.LocalSubjectAccessReview, "Namespaced"> {}
/** Descriptor of `localsubjectaccessreviews` in `authorization.k8s.io/v1`. */
export const LocalSubjectAccessReview: Kind<
  LocalSubjectAccessReview,
  "Namespaced"
> = builtin({
  apiVersion: "authorization.k8s.io/v1",
  kind: "LocalSubjectAccessReview",
  plural: "localsubjectaccessreviews",
  scope: "Namespaced",
});

/** A question what the asker may do; it can only be created. */
export interface SelfSubjectAccessReview
  extends Builtin<v1.SelfSubjectAccessReview, "Cluster"> {}
/** Descriptor of `selfsubjectaccessreviews` in `authorization.k8s.io/v1`. */
export const SelfSubjectAccessReview: Kind<SelfSubjectAccessReview, "Cluster"> =
  builtin({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    plural: "selfsubjectaccessreviews",
    scope: "Cluster",
  });

/** A question for all that the asker may do; it can only be created. */
export interface SelfSubjectRulesReview
  extends Builtin<v1.SelfSubjectRulesReview, "Cluster"> {}
/** Descriptor of `selfsubjectrulesreviews` in `authorization.k8s.io/v1`. */
export const SelfSubjectRulesReview: Kind<SelfSubjectRulesReview, "Cluster"> =
  builtin({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectRulesReview",
    plural: "selfsubjectrulesreviews",
    scope: "Cluster",
  });

/** A question what somebody may do; it can only be created. */
export interface SubjectAccessReview
  extends Builtin<v1.SubjectAccessReview, "Cluster"> {}
/** Descriptor of `subjectaccessreviews` in `authorization.k8s.io/v1`. */
export const SubjectAccessReview: Kind<SubjectAccessReview, "Cluster"> =
  builtin({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    plural: "subjectaccessreviews",
    scope: "Cluster",
  });
