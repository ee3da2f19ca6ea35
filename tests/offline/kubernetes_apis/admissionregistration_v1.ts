export type * from "npm:kubernetes-types@^1.30.0/admissionregistration/v1.d.ts";
