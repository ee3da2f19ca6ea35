export type * from "npm:kubernetes-types@^1.30.0/discovery/v1.d.ts";
