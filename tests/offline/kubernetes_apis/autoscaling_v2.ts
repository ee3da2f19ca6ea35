export type * from "npm:kubernetes-types@^1.30.0/autoscaling/v2.d.ts";
