import { compactEtcd } from "../envtest/compact_etcd.ts";
import { type Envtest, startEnvtest } from "../envtest/envtest.ts";

/** Its controller writes the status of FlowSchemas when it likes. */
const NO_FAIRNESS = "--enable-priority-and-fairness=false";

/**
 * Starts a real server that is like one that has run for long: its first
 * resourceVersions are too old.
 *
 * @returns The server; dispose of it to stop it.
 */
export async function startAgedServer(): Promise<Envtest> {
  const server = await startEnvtest({ apiServerArgs: [NO_FAIRNESS] });
  try {
    await compactEtcd(server.etcdUrl);
    await server.restart(); // its caches begin after what etcd forgot
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}
