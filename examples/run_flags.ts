import { Lease } from "@koprs/koprs/builtin";
import type { Client, RunOptions } from "@koprs/koprs/core";
import type { Flags } from "./read_flags.ts";

/** The flags that every operator among the examples has. */
export const RUN_FLAGS = {
  healthPort: 8080,
  metricsPort: 9090,
  leaderElection: false,
  leaseNamespace: undefined,
} as const;

/**
 * What `run()` does as the flags ask: probes and metrics but on port 0, and
 * leader election by a Lease, in the namespace of the program unless they say
 * another.
 *
 * @param client Who writes the Lease; its field manager names it.
 * @param flags The flags.
 * @returns The options.
 */
export function runOptions(
  client: Client,
  flags: Flags<typeof RUN_FLAGS>,
): RunOptions {
  const { healthPort, metricsPort, leaderElection } = flags;
  const { leaseNamespace = client.config.namespace ?? "default" } = flags;
  return {
    ...healthPort > 0 && { probes: { port: healthPort } },
    ...metricsPort > 0 && { metrics: { port: metricsPort } },
    ...leaderElection && {
      leaderElection: {
        resource: client.resource(Lease),
        name: `${client.fieldManager}-leader`,
        namespace: leaseNamespace,
      },
    },
  };
}
