export type * from "npm:kubernetes-types@^1.30.0/node/v1.d.ts";
