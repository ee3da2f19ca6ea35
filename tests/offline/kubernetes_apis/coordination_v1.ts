export type * from "npm:kubernetes-types@^1.30.0/coordination/v1.d.ts";
