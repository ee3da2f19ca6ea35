export type * from "npm:kubernetes-types@^1.30.0/apiextensions/v1.d.ts";
