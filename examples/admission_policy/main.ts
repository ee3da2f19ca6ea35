import { WebhookServer } from "@koprs/koprs/admission";
import { ConfigError, run } from "@koprs/koprs/core";
import { readFlags } from "../read_flags.ts";
import { policy } from "./policy.ts";

const { port, metricsPort, tlsCert, tlsKey } = readFlags(Deno.args, {
  port: 8443,
  metricsPort: 0,
  tlsCert: undefined,
  tlsKey: undefined,
});
if ((tlsCert === undefined) !== (tlsKey === undefined)) {
  throw new ConfigError(
    "Cannot read the command line: --tls-cert and --tls-key go together",
  );
}
const server = new WebhookServer(policy, {
  port,
  ...tlsCert !== undefined && tlsKey !== undefined
    ? { certFile: tlsCert, keyFile: tlsKey }
    : { plainHttp: true },
});
await run([server], metricsPort > 0 ? { metrics: { port: metricsPort } } : {});
