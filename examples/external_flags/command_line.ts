import { ConfigError } from "@koprs/koprs/core";
import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface CommandLine {
  /** URL of the defaults. */
  readonly url: string;
  /** Hosts that may be asked though they are not public. */
  readonly allow: readonly string[];
  /** File with the token for the URL. */
  readonly tokenFile: string | undefined;
  /** Bucket of the overrides. */
  readonly bucket: string | undefined;
  /** URL of the bucket's server, where it is not Amazon's. */
  readonly endpoint: string | undefined;
  /** Region of the bucket. */
  readonly region: string | undefined;
  /** Folder of the overrides, instead of a bucket. */
  readonly folder: string | undefined;
  /** How often both are asked, in milliseconds. */
  readonly interval: number;
  /** Namespace of the FlagSets; all when absent. */
  readonly namespace: string | undefined;
  /** Port of the probes; 0 for none. */
  readonly healthPort: number;
}

/**
 * Reads the command line.
 *
 * @param args The arguments.
 * @returns What they ask for.
 * @throws {ConfigError} If an argument is missing, unknown or no number.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  const { url, bucket, folder } = values;
  if (url === undefined || (bucket === undefined) === (folder === undefined)) {
    throw new ConfigError(
      "Cannot start: --url is needed, and either --bucket or --folder",
    );
  }
  return {
    url,
    bucket,
    folder,
    allow: values.allow,
    tokenFile: values["token-file"],
    endpoint: values.endpoint,
    region: values.region,
    interval: whole("interval", values.interval, 100),
    namespace: values.namespace,
    healthPort: whole("health-port", values["health-port"]),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: text,
        allow: { type: "string", multiple: true, default: [] },
        "token-file": text,
        bucket: text,
        endpoint: text,
        region: text,
        folder: text,
        interval: { type: "string", default: "30000" },
        namespace: text,
        "health-port": { type: "string", default: "8080" },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown argument";
    throw new ConfigError(`Cannot read the command line: ${why}`);
  }
}

function whole(flag: string, text: string, min = 0): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min) return value;
  throw new ConfigError(
    `Cannot read --${flag}: "${text}" is no whole number from ${min}`,
  );
}
