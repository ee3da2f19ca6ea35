export type * from "npm:kubernetes-types@^1.30.0/flowcontrol/v1.d.ts";
