import { CACHE } from "./operators.ts";
import type { ProcessStat } from "./process_stat.ts";
import { readProcessStat } from "./process_stat.ts";

/** Servers that can be measured. */
export const SERVERS = ["ours", "bare", "rust", "go"] as const;

/** Name of a server. */
export type ServerName = typeof SERVERS[number];

/** A certificate in files. */
export interface CertificateFiles {
  /** Path of the certificate. */
  readonly cert: string;
  /** Path of its private key. */
  readonly key: string;
}

/** Options of {@linkcode startWebhookServer}. */
export interface StartWebhookServerOptions {
  /** The certificate; plain HTTP without one. */
  readonly files: CertificateFiles | undefined;
}

/** A server that runs; disposing of it kills it. */
export interface RunningServer extends AsyncDisposable {
  /** Which. */
  readonly name: ServerName;
  /** As `http://127.0.0.1:PORT` or `https://localhost:PORT`. */
  readonly url: string;
  /** Its port. */
  readonly port: number;
  /** What it has used. */
  usage(): Promise<ProcessStat>;
}

interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const ROOT = new URL("../../", import.meta.url);
const PATIENCE = 20_000;

/**
 * Builds a peer, unless it is built already.
 *
 * @param name Which; others than peers need no building.
 * @throws {Error} If its toolchain is missing, or refuses.
 */
export async function buildServer(name: ServerName): Promise<void> {
  if (name === "go") {
    const args = ["build", "-o", `${CACHE}go-webhook`, "./webhook"];
    await runTool("go", { args, cwd: "tests/bench/peers/go/" });
  }
  if (name === "rust") {
    const flags = ["--quiet", "--release", "--locked", "--bin", "webhook"];
    const args = ["build", ...flags, `--target-dir=${CACHE}rust`];
    await runTool("cargo", { args, cwd: "tests/bench/peers/rust/" });
  }
}

/**
 * Starts a server on a free port.
 *
 * @param name Which.
 * @param options Its certificate.
 * @returns The server, when it answers.
 */
export async function startWebhookServer(
  name: ServerName,
  { files }: StartWebhookServerOptions,
): Promise<RunningServer> {
  const port = freePort();
  const { path, args, env } = programOf(name, { port, files });
  const child = new Deno.Command(path, {
    args: [...args],
    env: { ...env },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const server: RunningServer = {
    name,
    port,
    url: files === undefined
      ? `http://127.0.0.1:${port}`
      : `https://localhost:${port}`,
    usage: () => readProcessStat(child.pid),
    async [Symbol.asyncDispose](): Promise<void> {
      child.kill("SIGKILL");
      await child.status;
    },
  };
  try {
    await untilListening(server);
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

function programOf(
  name: ServerName,
  { port, files }: {
    readonly port: number;
    readonly files: CertificateFiles | undefined;
  },
): Program {
  const env = {
    PORT: `${port}`,
    ...files === undefined ? {} : { CERT: files.cert, KEY: files.key },
  };
  const flags = ["run", "--no-prompt", "--allow-net", "--allow-read"];
  const deno = Deno.execPath();
  if (name === "ours") {
    const main = new URL("examples/admission_policy/main.ts", ROOT).pathname;
    const tls = files === undefined
      ? []
      : [`--tls-cert=${files.cert}`, `--tls-key=${files.key}`];
    return {
      path: deno,
      args: [...flags, main, `--port=${port}`, ...tls],
      env,
    };
  }
  if (name === "bare") {
    const main = new URL("bare_webhook.ts", import.meta.url).pathname;
    return { path: deno, args: [...flags, "--allow-env", main], env };
  }
  const path = name === "go"
    ? `${CACHE}go-webhook`
    : `${CACHE}rust/release/webhook`;
  return { path, args: [], env };
}

async function untilListening({ name, port }: RunningServer): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < PATIENCE) {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      connection.close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`Server ${name} does not listen`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function runTool(
  tool: string,
  { args, cwd }: { readonly args: readonly string[]; readonly cwd: string },
): Promise<void> {
  const output = await new Deno.Command(tool, {
    args: [...args],
    cwd: new URL(cwd, ROOT),
    stdin: "null",
  }).output().catch((cause: unknown) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`Cannot build: "${tool}" is not installed`, { cause });
  });
  if (output.success) return;
  const text = new TextDecoder().decode(output.stderr).trim();
  throw new Error(`Cannot build: ${text.split("\n").slice(-3).join(" | ")}`);
}
