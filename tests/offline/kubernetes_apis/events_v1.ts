export type * from "npm:kubernetes-types@^1.30.0/events/v1.d.ts";
