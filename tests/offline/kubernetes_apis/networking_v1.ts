export type * from "npm:kubernetes-types@^1.30.0/networking/v1.d.ts";
