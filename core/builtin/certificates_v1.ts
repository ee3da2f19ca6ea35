import type * as v1 from "@cloudydeno/kubernetes-apis/certificates.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A request for a certificate. */
export interface CertificateSigningRequest
  extends Builtin<v1.CertificateSigningRequest, "Cluster"> {}
/** Descriptor of `certificatesigningrequests` in `certificates.k8s.io/v1`. */
export const CertificateSigningRequest: Kind<
  CertificateSigningRequest,
  "Cluster"
> = builtin({
  apiVersion: "certificates.k8s.io/v1",
  kind: "CertificateSigningRequest",
  plural: "certificatesigningrequests",
  scope: "Cluster",
});
