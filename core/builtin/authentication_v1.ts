import type * as v1 from "@cloudydeno/kubernetes-apis/authentication.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A question who the asker is; it can only be created. */
export interface SelfSubjectReview
  extends Builtin<v1.SelfSubjectReview, "Cluster"> {}
/** Descriptor of `selfsubjectreviews` in `authentication.k8s.io/v1`. */
export const SelfSubjectReview: Kind<SelfSubjectReview, "Cluster"> = builtin({
  apiVersion: "authentication.k8s.io/v1",
  kind: "SelfSubjectReview",
  plural: "selfsubjectreviews",
  scope: "Cluster",
});

/** A question whether a token is valid, and whose; it can only be created. */
export interface TokenReview extends Builtin<v1.TokenReview, "Cluster"> {}
/** Descriptor of `tokenreviews` in `authentication.k8s.io/v1`. */
export const TokenReview: Kind<TokenReview, "Cluster"> = builtin({
  apiVersion: "authentication.k8s.io/v1",
  kind: "TokenReview",
  plural: "tokenreviews",
  scope: "Cluster",
});
