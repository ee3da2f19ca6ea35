export type * from "npm:kubernetes-types@^1.30.0/apps/v1.d.ts";
