export type * from "npm:kubernetes-types@^1.30.0/batch/v1.d.ts";
