export type * from "npm:kubernetes-types@^1.30.0/authentication/v1.d.ts";
