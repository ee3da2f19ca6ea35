import type { Condition } from "npm:kubernetes-types@^1.30.0/meta/v1.d.ts";

/** An APIService, which kubernetes-types lacks. */
export interface APIService {
  spec?: {
    caBundle?: string;
    group?: string;
    groupPriorityMinimum: number;
    insecureSkipTLSVerify?: boolean;
    service?: { name?: string; namespace?: string; port?: number };
    version?: string;
    versionPriority: number;
  };
  status?: { conditions?: Condition[] };
}
