import {
  Client,
  ConfigError,
  loadConfig,
  run,
  tokenFile,
} from "@koprs/koprs/core";
import {
  directoryStore,
  httpPoller,
  jsonBody,
  objectContentPoller,
} from "@koprs/koprs/external";
import { readFlags } from "../read_flags.ts";
import { RUN_FLAGS, runOptions } from "../run_flags.ts";
import { flagController, OPERATOR } from "./controller.ts";
import { flagsSchema, OVERRIDES } from "./flag_book.ts";

const flags = readFlags(Deno.args, {
  url: undefined,
  allow: [],
  tokenFile: undefined,
  bucket: undefined,
  endpoint: undefined,
  region: undefined,
  folder: undefined,
  interval: 30_000,
  namespace: undefined,
  ...RUN_FLAGS,
});
const { url, folder, bucket, endpoint, region, interval, namespace } = flags;
if (url === undefined || (bucket === undefined) === (folder === undefined)) {
  throw new ConfigError(
    "Cannot start: --url is needed, and either --bucket or --folder",
  );
}

const decode = jsonBody(flagsSchema);
const defaults = httpPoller(url, {
  decode,
  addresses: { allow: flags.allow },
  credentials: flags.tokenFile === undefined
    ? undefined
    : tokenFile(flags.tokenFile),
});
// Only who has a bucket needs the library for it.
using s3 = bucket === undefined
  ? undefined
  : (await import("@koprs/koprs/external/s3")).s3Store(bucket, {
    endpoint,
    region,
  });
const overrides = objectContentPoller(s3 ?? directoryStore(folder ?? "."), {
  decode,
  prefix: OVERRIDES,
});

await using client = new Client(await loadConfig(), { fieldManager: OPERATOR });
const controller = flagController(client, {
  defaults,
  overrides,
  interval,
  namespace,
});
await run([controller], runOptions(client, flags));
