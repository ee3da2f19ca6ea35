/**
 * Run: a program that starts, reports and stops.
 *
 * @module
 */
export { run } from "./run.ts";
export type {
  LeaderElectionOptions,
  RunOptions,
  RunResult,
} from "./run_options.ts";
export type { Runnable, RunnableOptions } from "./runnable.ts";
export { start, type Started } from "./start.ts";
export { type AcquireOptions, LeaderElector } from "./leader_elector.ts";
export {
  type LeaderElectorOptions,
  type LeaseTimes,
  leaseTimes,
} from "./leader_elector_options.ts";
export { NotLeaderError } from "./not_leader_error.ts";
export type { ProbeOptions } from "./probes.ts";
export type { MetricsOptions } from "./metrics_routes.ts";
export type {
  LeaseClient,
  LeaseObject,
  LeaseRecord,
  LeaseRequestOptions,
} from "./lease.ts";
export { HeldLease } from "./held_lease.ts";
export type { ListenAddress } from "./listen_address.ts";
