export type * from "npm:kubernetes-types@^1.30.0/certificates/v1.d.ts";
