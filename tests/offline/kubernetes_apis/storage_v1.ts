export type * from "npm:kubernetes-types@^1.30.0/storage/v1.d.ts";
