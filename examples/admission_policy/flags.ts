import { ConfigError } from "@koprs/koprs/core";
import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Flags {
  /** Port of the webhooks. */
  readonly port: number;
  /** Path of the certificate; plain HTTP when absent. */
  readonly certFile: string | undefined;
  /** Path of its private key. */
  readonly keyFile: string | undefined;
  /** Port of the metrics; 0 for none. */
  readonly metricsPort: number;
}

/**
 * Reads the command line.
 *
 * @param args The arguments.
 * @returns What they ask for.
 * @throws {ConfigError} If an argument is unknown, or makes no sense.
 */
export function readFlags(args: readonly string[]): Flags {
  const values = parse(args);
  const { "tls-cert": certFile, "tls-key": keyFile } = values;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new ConfigError(
      "Cannot read the command line: --tls-cert and --tls-key go together",
    );
  }
  return {
    port: portOf(values.port, "port"),
    certFile,
    keyFile,
    metricsPort: portOf(values["metrics-port"], "metrics-port"),
  };
}

interface Values {
  readonly port: string;
  readonly "tls-cert"?: string;
  readonly "tls-key"?: string;
  readonly "metrics-port": string;
}

function parse(args: readonly string[]): Values {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "8443" },
        "tls-cert": { type: "string" },
        "tls-key": { type: "string" },
        "metrics-port": { type: "string", default: "0" },
      },
    });
    return values;
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown argument";
    throw new ConfigError(`Cannot read the command line: ${why}`);
  }
}

function portOf(text: string, flag: string): number {
  const value = Number(text);
  if (text !== "" && Number.isInteger(value) && value >= 0 && value <= 65_535) {
    return value;
  }
  throw new ConfigError(
    `Cannot read --${flag}: "${text}" is no whole number from 0 to 65535`,
  );
}
