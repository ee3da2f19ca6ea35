/**
 * `deno task bench:webhook`: how many reviews the example webhook answers, and
 * how fast, beside a bare `Deno.serve` and the same webhook in Rust and Go. The
 * servers run side by side and are measured in turns.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { testAuthority } from "../admission_server.ts";
import { holdSlowConnections } from "./slow_connections.ts";
import { largeReview } from "./large_review.ts";
import { findLoadGenerator, type LoadGenerator } from "./load.ts";
import {
  type Scheme,
  webhookBudgets,
  type WebhookSample,
  webhookTable,
} from "./webhook_report.ts";
import {
  buildServer,
  type CertificateFiles,
  type RunningServer,
  type ServerName,
  SERVERS,
  startWebhookServer,
} from "./webhook_servers.ts";

const USAGE = `Usage: deno task bench:webhook [options]
  --seconds N        how long each measurement takes (3)
  --rounds N         measurements of each server (3)
  --connections N    connections at a time (16)
  --slow N           slow connections of a last measurement (1000)
  --peers go,rust    webhooks to compare with (none)`;

interface Load {
  readonly generator: LoadGenerator;
  readonly body: string;
  readonly ca: string;
  readonly seconds: number;
  readonly connections: number;
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    print(error instanceof Error ? error.message : `${error}`);
    Deno.exit(1);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: [...Deno.args],
    options: {
      seconds: { type: "string", default: "3" },
      rounds: { type: "string", default: "3" },
      connections: { type: "string", default: "16" },
      slow: { type: "string", default: "1000" },
      peers: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(USAGE);
  const wanted = ["ours", "bare", ...values.peers.split(",")];
  const names = SERVERS.filter((name) => wanted.includes(name));
  for (const name of names) await buildServer(name);

  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "bench-webhook-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const authority = await testAuthority();
  const files = await writeFiles(folder, await authority.sign());
  const body = `${folder}/review.json`;
  await Deno.writeTextFile(body, largeReview());
  const generator = await findLoadGenerator();
  const load: Load = {
    generator,
    body,
    ca: authority.ca,
    seconds: Number(values.seconds),
    connections: Number(values.connections),
  };
  print(
    `${values.connections} connections of ${generator.name}, ` +
      `${values.rounds} rounds of ${values.seconds} s, ` +
      `a review of ${largeReview().length} bytes\n`,
  );
  const samples = await measure(names, {
    load,
    files,
    rounds: Number(values.rounds),
  });
  print(webhookTable(samples));
  const slow = Number(values.slow);
  if (slow > 0) await measureBesideSlow(slow, load);
  print("");
  for (const { text, isMet } of webhookBudgets(samples)) {
    print(`${isMet ? "ok    " : "missed"} ${text}`);
  }
}

async function measure(
  names: readonly ServerName[],
  { load, files, rounds }: {
    readonly load: Load;
    readonly files: CertificateFiles;
    readonly rounds: number;
  },
): Promise<WebhookSample[]> {
  const samples: WebhookSample[] = [];
  for (const scheme of ["http", "https"] as const) {
    await using stack = new AsyncDisposableStack();
    const servers: RunningServer[] = [];
    for (const name of names) {
      const options = { files: scheme === "https" ? files : undefined };
      servers.push(stack.use(await startWebhookServer(name, options)));
    }
    const warm = { ...load, seconds: 1 };
    for (const server of servers) {
      await sampleOf(server, { scheme, load: warm });
    }
    for (let round = 0; round < rounds; round++) {
      for (const server of servers) {
        samples.push(await sampleOf(server, { scheme, load }));
      }
    }
  }
  return samples;
}

async function sampleOf(
  server: RunningServer,
  { scheme, load }: { readonly scheme: Scheme; readonly load: Load },
): Promise<WebhookSample> {
  const before = await server.usage();
  const url = `${server.url}/validate?timeout=10s`;
  const result = await load.generator.run(url, load);
  const after = await server.usage();
  return {
    ...result,
    server: server.name,
    scheme,
    cpu: (after.cpu - before.cpu) * 1_000_000 / result.count,
    peak: after.peak,
  };
}

/** What slow connections change for one that is not. */
async function measureBesideSlow(count: number, load: Load): Promise<void> {
  await using server = await startWebhookServer("ours", { files: undefined });
  const single = { ...load, connections: 1 };
  await sampleOf(server, { scheme: "http", load: { ...single, seconds: 1 } });
  const alone = await sampleOf(server, { scheme: "http", load: single });
  await using _slow = await holdSlowConnections(server.port, count);
  const beside = await sampleOf(server, { scheme: "http", load: single });
  print(
    `\nOne connection alone: p50 ${alone.p50.toFixed(2)} ms, p99 ${
      alone.p99.toFixed(2)
    } ms; beside ${count} slow ones: p50 ${beside.p50.toFixed(2)} ms, p99 ${
      beside.p99.toFixed(2)
    } ms`,
  );
}

async function writeFiles(
  folder: string,
  pair: { readonly cert: string; readonly key: string },
): Promise<CertificateFiles> {
  const files = { cert: `${folder}/tls.crt`, key: `${folder}/tls.key` };
  await Deno.writeTextFile(files.cert, pair.cert);
  await Deno.writeTextFile(files.key, pair.key);
  return files;
}

function print(text: string): void {
  // deno-lint-ignore no-console
  console.log(text);
}
