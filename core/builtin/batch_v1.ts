import type * as v1 from "@cloudydeno/kubernetes-apis/batch/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** Jobs on a schedule. */
export interface CronJob extends Builtin<v1.CronJob, "Namespaced"> {}
/** Descriptor of `cronjobs` in `batch/v1`. */
export const CronJob: Kind<CronJob, "Namespaced"> = builtin({
  apiVersion: "batch/v1",
  kind: "CronJob",
  plural: "cronjobs",
  scope: "Namespaced",
});

/** Pods that run to completion. */
export interface Job extends Builtin<v1.Job, "Namespaced"> {}
/** Descriptor of `jobs` in `batch/v1`. */
export const Job: Kind<Job, "Namespaced"> = builtin({
  apiVersion: "batch/v1",
  kind: "Job",
  plural: "jobs",
  scope: "Namespaced",
});
