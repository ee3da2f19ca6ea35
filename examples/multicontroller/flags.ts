import { ConfigError } from "@koprs/koprs/core";
import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Flags {
  /** How many objects are reconciled at the same time. */
  readonly concurrency: number;
  /** Port of the probes; 0 for none. */
  readonly healthPort: number;
  /** Port of the metrics; 0 for none. */
  readonly metricsPort: number;
  /** Whether only one of several copies works. */
  readonly leaderElection: boolean;
  /** Namespace of the objects; all when absent. */
  readonly namespace: string | undefined;
}

const FLAGS = {
  concurrency: { type: "string", default: "4" },
  "health-port": { type: "string", default: "8080" },
  "metrics-port": { type: "string", default: "9090" },
  "leader-election": { type: "string", default: "false" },
  namespace: { type: "string", default: "" },
} as const;

type Flag = keyof typeof FLAGS;

/**
 * Reads the command line.
 *
 * @param args The arguments.
 * @returns What they ask for.
 * @throws {ConfigError} If an argument is unknown or makes no sense.
 */
export function readFlags(args: readonly string[]): Flags {
  const values = parse(args);
  return {
    concurrency: whole(values.concurrency, { flag: "concurrency", min: 1 }),
    healthPort: whole(values["health-port"], { flag: "health-port", min: 0 }),
    metricsPort: whole(values["metrics-port"], {
      flag: "metrics-port",
      min: 0,
    }),
    leaderElection: yesOrNo(values["leader-election"], "leader-election"),
    namespace: values.namespace === "" ? undefined : values.namespace,
  };
}

function parse(args: readonly string[]): Readonly<Record<Flag, string>> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: FLAGS,
    });
    return values;
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown argument";
    const known = Object.keys(FLAGS).map((flag) => `--${flag}`).join(", ");
    throw new ConfigError(
      `Cannot read the command line: ${why}, the flags are ${known}`,
    );
  }
}

function yesOrNo(text: string, flag: Flag): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new ConfigError(
    `Cannot read --${flag}: "${text}" is neither true nor false`,
  );
}

function whole(
  text: string,
  { flag, min }: { readonly flag: string; readonly min: number },
): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= 65_535) return value;
  throw new ConfigError(
    `Cannot read --${flag}: "${text}" is no whole number from ${min} to 65535`,
  );
}
