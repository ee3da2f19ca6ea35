import type { Operator } from "./operator_process.ts";

/** Peers that can be measured too. */
export const PEERS = ["go", "rust"] as const;

/** Name of a peer. */
export type Peer = typeof PEERS[number];

/** How a peer is built. */
interface PeerSource {
  /** The build tool and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** The program that it makes. */
  readonly program: string;
}

const ROOT = new URL("../../", import.meta.url);

/** Folder of what the benchmark leaves: programs and logs. */
export const CACHE: string = new URL(".cache/bench/", ROOT).pathname;

const SOURCES: Readonly<Record<Peer, PeerSource>> = {
  go: {
    command: ["go", "build", "-o", `${CACHE}go-operator`, "."],
    program: `${CACHE}go-operator`,
  },
  rust: {
    command: [
      "cargo",
      "build",
      "--quiet",
      "--release",
      "--locked",
      `--target-dir=${CACHE}rust`,
    ],
    program: `${CACHE}rust/release/operator`,
  },
};

/**
 * The example operator on this Deno.
 *
 * @param workers How many objects it reconciles at a time.
 * @returns The operator, its modules fetched and compiled.
 * @throws {Error} If they cannot be.
 */
export async function ownOperator(workers: number): Promise<Operator> {
  const program = Deno.execPath();
  const main = new URL("examples/configmapsync/main.ts", ROOT).pathname;
  await runTool([program, "cache", main], { cwd: ROOT });
  return {
    name: "ours",
    program,
    args: [
      "run",
      "--no-prompt",
      "--allow-env",
      "--allow-net",
      "--allow-read",
      main,
      `--concurrency=${workers}`,
      "--health-port=0",
      "--metrics-port=0",
      "--leader-election=false",
    ],
    env: {},
  };
}

/**
 * Builds a peer, unless it is built already.
 *
 * @param peer Which.
 * @param workers How many objects it reconciles at a time.
 * @returns The operator.
 * @throws {Error} If its toolchain is missing, or refuses.
 */
export async function peerOperator(
  peer: Peer,
  workers: number,
): Promise<Operator> {
  const { command, program } = SOURCES[peer];
  const cwd = new URL(`peers/${peer}/`, import.meta.url);
  await Deno.mkdir(CACHE, { recursive: true });
  await runTool(command, { cwd });
  const env = { CONCURRENCY: `${workers}` };
  return { name: peer, program, args: [], env };
}

async function runTool(
  [tool, ...args]: readonly [string, ...string[]],
  { cwd }: { readonly cwd: URL },
): Promise<void> {
  const output = await new Deno.Command(tool, { args, cwd, stdin: "null" })
    .output().catch((cause: unknown) => {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      throw new Error(`Cannot build: "${tool}" is not installed`, { cause });
    });
  if (output.success) return;
  const lines = new TextDecoder().decode(output.stderr).trim().split("\n");
  const why = lines.find((line) => /^error\b/.test(line)) ?? lines.at(-1);
  throw new Error(`Cannot build: ${why}`);
}
