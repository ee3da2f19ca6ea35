/**
 * Measures the embedded API server and prints the figures, each the best of
 * several rounds. With `--real KUBECONFIG`, or `KOPRS_TEST_KUBECONFIG`, a real
 * kube-apiserver gets the same writes in the same rounds.
 *
 * ```sh
 * deno run --allow-env --allow-net --allow-read --allow-write --allow-run \
 *   tests/bench/fake_bench.ts --real kubeconfig
 * ```
 *
 * @module
 */
import { ChildProgram } from "../child_program.ts";
import { connectRealApiServer } from "../conformance/real_api_server.ts";
import type { InProcessFigures } from "./fake_in_process.ts";
import { readProcessStat } from "./process_stat.ts";
import { textTable } from "./text_table.ts";
import { type WriteRates, writeRates } from "./write_rates.ts";

const ROUNDS = 3;
const WRITES = 2_000;
const SERVE = new URL("../fake/serve.ts", import.meta.url);
const IN_PROCESS = new URL("fake_in_process.ts", import.meta.url);
const WRITE_NAMES = ["creates", "patches", "deletes"] as const;

async function inProcess(): Promise<InProcessFigures> {
  const flags = ["--allow-net=127.0.0.1"];
  await using program = new ChildProgram(IN_PROCESS, { flags });
  // Printed by our own program.
  return JSON.parse(await program.line("{")) as InProcessFigures;
}

interface HttpFigures {
  /** By the clock, the client included. */
  readonly wall: WriteRates;
  /** By the CPU time of the server. */
  readonly cpu: WriteRates;
}

/** Writes to a server in a process of its own. */
async function overHttp(): Promise<HttpFigures> {
  const flags = ["--allow-net=127.0.0.1"];
  await using program = new ChildProgram(SERVE, { flags });
  const [server = ""] = (await program.line("http:")).split(" ");
  const options = {
    url: `${server}/api/v1/namespaces/default/configmaps`,
    count: WRITES,
    send: (request: Request) => fetch(request),
  };
  const cpu = async () => (await readProcessStat(program.pid)).cpu * 1_000;
  return {
    wall: await writeRates({ ...options, now: () => performance.now() }),
    cpu: await writeRates({ ...options, now: cpu }),
  };
}

/** Writes to a real server, in a namespace of their own. */
async function onReal(kubeconfig: string): Promise<WriteRates> {
  using server = await connectRealApiServer(kubeconfig);
  const name = `bench-${crypto.randomUUID().slice(0, 8)}`;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ metadata: { name } });
  const namespaces = "/api/v1/namespaces";
  const made = await server.fetch(namespaces, {
    method: "POST",
    headers,
    body,
  });
  await made.text();
  try {
    return await writeRates({
      url: `http://real.test${namespaces}/${name}/configmaps`,
      count: WRITES,
      now: () => performance.now(),
      send: async (request) => {
        const { method, headers, body } = request;
        const text = body === null ? undefined : await request.text();
        const init = { method, headers, ...text && { body: text } };
        return await server.fetch(new URL(request.url).pathname, init);
      },
    });
  } finally {
    const gone = await server.fetch(`${namespaces}/${name}`, {
      method: "DELETE",
    });
    await gone.text();
  }
}

function best(figures: readonly number[], isTime = false): number {
  return isTime ? Math.min(...figures) : Math.max(...figures);
}

function round(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}

async function bench(kubeconfig: string | undefined): Promise<void> {
  const own: InProcessFigures[] = [];
  const fake: HttpFigures[] = [];
  const real: WriteRates[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    own.push(await inProcess());
    fake.push(await overHttp());
    if (kubeconfig !== undefined) real.push(await onReal(kubeconfig));
  }
  const time = (of: (figures: InProcessFigures) => number) =>
    round(best(own.map(of), true));
  const rows = [
    ["figure", "embedded", "target"],
    ["start to first answer (ms)", time(({ start }) => start), "< 60"],
    ["the same, a second server (ms)", time((of) => of.startAgain), ""],
    ...WRITE_NAMES.map((what) => [
      `${what} in process, per second of CPU`,
      round(best(own.map(({ rates }) => rates[what]))),
      "> 5000",
    ]),
    [
      "events to 1,000 watchers, per second of CPU",
      round(best(own.map(({ events }) => events))),
      "",
    ],
    ["100,000 objects, resident (MiB)", time((of) => of.resident), "< 400"],
    ["longest page of 10,000 (ms)", time(({ page }) => page), "< 50"],
  ];
  const rate = (rates: readonly WriteRates[], what: keyof WriteRates) =>
    round(best(rates.map((each) => each[what])));
  const walls = fake.map(({ wall }) => wall);
  const http = [
    ["over HTTP", "per CPU second", "target", "per second", "real", "ratio"],
    ...WRITE_NAMES.map((what) => [
      what,
      rate(fake.map(({ cpu }) => cpu), what),
      "> 2500",
      rate(walls, what),
      ...real.length === 0 ? ["-", "-"] : [
        rate(real, what),
        round(Number(rate(walls, what)) / Number(rate(real, what))),
      ],
    ]),
  ];
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(`${textTable(rows)}\n\n${textTable(http)}`);
}

if (import.meta.main) {
  const [flag, path] = Deno.args;
  const given = flag === "--real" ? path : undefined;
  await bench(given ?? Deno.env.get("KOPRS_TEST_KUBECONFIG") ?? undefined);
}
