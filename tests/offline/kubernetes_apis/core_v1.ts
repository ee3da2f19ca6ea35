export type * from "npm:kubernetes-types@^1.30.0/core/v1.d.ts";
