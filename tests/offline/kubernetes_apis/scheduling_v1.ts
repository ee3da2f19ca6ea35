export type * from "npm:kubernetes-types@^1.30.0/scheduling/v1.d.ts";
