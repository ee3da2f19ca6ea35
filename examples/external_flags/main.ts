import { Client, loadConfig, run, tokenFile } from "@koprs/koprs/core";
import {
  directoryStore,
  httpPoller,
  jsonBody,
  objectContentPoller,
  type ObjectStore,
} from "@koprs/koprs/external";
import { type CommandLine, readCommandLine } from "./command_line.ts";
import { flagController, OPERATOR } from "./controller.ts";
import { flagsSchema, OVERRIDES } from "./flag_book.ts";

/**
 * Runs the operator until SIGTERM or SIGINT.
 *
 * Reads `KUBECONFIG`, the service account of a pod, or `~/.kube/config`.
 */
async function main(): Promise<void> {
  const options = readCommandLine(Deno.args);
  const { url, interval, namespace, healthPort } = options;
  await using client = new Client(await loadConfig(), {
    fieldManager: OPERATOR,
  });
  const decode = jsonBody(flagsSchema);
  const defaults = httpPoller(url, {
    decode,
    addresses: { allow: options.allow },
    credentials: options.tokenFile === undefined
      ? undefined
      : tokenFile(options.tokenFile),
  });
  const overrides = objectContentPoller(await openStore(options), {
    decode,
    prefix: OVERRIDES,
  });
  await run([
    flagController(client, { defaults, overrides, interval, namespace }),
  ], {
    ...(healthPort > 0 ? { probes: { port: healthPort } } : {}),
  });
}

/** Only who has a bucket needs the library for it. */
async function openStore(
  { bucket, folder = ".", endpoint, region }: CommandLine,
): Promise<ObjectStore> {
  if (bucket === undefined) return directoryStore(folder);
  const { s3Store } = await import("@koprs/koprs/external/s3");
  return s3Store(bucket, { endpoint, region });
}

if (import.meta.main) await main();
