import { WebhookServer } from "@koprs/koprs/admission";
import { run } from "@koprs/koprs/core";
import { readFlags } from "./flags.ts";
import { policy } from "./policy.ts";

/** Serves the policy until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { port, certFile, keyFile, metricsPort } = readFlags(Deno.args);
  const isTls = certFile !== undefined && keyFile !== undefined;
  const server = new WebhookServer(policy, {
    port,
    ...isTls ? { certFile, keyFile } : { plainHttp: true },
  });
  await run(
    [server],
    metricsPort > 0 ? { metrics: { port: metricsPort } } : {},
  );
}

if (import.meta.main) await main();
