import type { Condition } from "npm:kubernetes-types@^1.30.0/meta/v1.d.ts";

export type * from "npm:kubernetes-types@^1.30.0/networking/v1.d.ts";

/** An IPAddress, which kubernetes-types lacks. */
export interface IPAddress {
  spec?: {
    parentRef: {
      group?: string;
      name: string;
      namespace?: string;
      resource: string;
    };
  };
}

/** A ServiceCIDR, which kubernetes-types lacks. */
export interface ServiceCIDR {
  spec?: { cidrs?: string[] };
  status?: { conditions?: Condition[] };
}
