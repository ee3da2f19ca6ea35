export type * from "npm:kubernetes-types@^1.30.0/meta/v1.d.ts";
