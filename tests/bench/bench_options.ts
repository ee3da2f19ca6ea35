import { parseArgs } from "node:util";
import { type Peer, PEERS } from "./operators.ts";

/** What the command line asks for. */
export interface BenchOptions {
  /** How many ConfigMapSyncs. */
  readonly objects: number;
  /** How many of them an operator reconciles at a time. */
  readonly workers: number;
  /** How often everything is measured. */
  readonly rounds: number;
  /** Which peers are measured besides ours. */
  readonly peers: readonly Peer[];
  /** Kubeconfig of a server to use, instead of starting one. */
  readonly kubeconfig: string | undefined;
}

/** How to call the benchmark. */
export const USAGE = `Usage: deno task bench:converge [options]
  --objects N        ConfigMapSyncs, 10 at least (300)
  --workers N        objects that an operator reconciles at a time (16)
  --rounds N         measurements of each operator, interleaved (1)
  --peers go,rust    operators to compare with (none)
  --kubeconfig PATH  a server on which nothing else runs (one is started)`;

/**
 * Reads the command line.
 *
 * @param args The arguments.
 * @returns What they ask for.
 * @throws {TypeError} If they make no sense.
 */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      objects: { type: "string", default: "300" },
      workers: { type: "string", default: "16" },
      rounds: { type: "string", default: "1" },
      peers: { type: "string", default: "" },
      kubeconfig: { type: "string" },
    },
  });
  return {
    objects: whole(values.objects, { option: "objects", min: 10 }),
    workers: whole(values.workers, { option: "workers", min: 1 }),
    rounds: whole(values.rounds, { option: "rounds", min: 1 }),
    peers: values.peers.split(",").filter((name) => name !== "").map(peer),
    kubeconfig: values.kubeconfig,
  };
}

function whole(
  text: string,
  { option, min }: { readonly option: string; readonly min: number },
): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new TypeError(
    `Cannot read --${option}: "${text}" is no whole number from ${min} on`,
  );
}

function peer(name: string): Peer {
  const found = PEERS.find((known) => known === name);
  if (found !== undefined) return found;
  throw new TypeError(
    `Cannot read --peers: "${name}" is none of ${PEERS.join(", ")}`,
  );
}
