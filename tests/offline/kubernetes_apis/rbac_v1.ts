export type * from "npm:kubernetes-types@^1.30.0/rbac/v1.d.ts";
