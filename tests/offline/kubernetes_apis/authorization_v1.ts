export type * from "npm:kubernetes-types@^1.30.0/authorization/v1.d.ts";
