export type * from "npm:kubernetes-types@^1.30.0/policy/v1.d.ts";
