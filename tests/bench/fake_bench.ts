/**
 * Measures the embedded API server and prints the figures: time from start to
 * the first answer, and simple writes per second in process and over HTTP.
 *
 * ```sh
 * deno run --allow-net=127.0.0.1 tests/bench/fake_bench.ts
 * ```
 *
 * @module
 */
import { FakeApiServer } from "../fake/mod.ts";
import { eachConcurrently } from "./each_concurrently.ts";
import { textTable } from "./text_table.ts";

const STARTS = 10;
const WRITES = 5_000;
const WIDTH = 16;
const PATH = "/api/v1/namespaces/default/configmaps";

type Send = (request: Request) => Promise<Response>;

async function startTimes(): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < STARTS; run++) {
    const start = performance.now();
    await using server = new FakeApiServer();
    const response = await server.fetch(new Request(server.url + PATH));
    await response.text();
    times.push(performance.now() - start);
  }
  return times;
}

/** Creates, then patches, then deletes objects; writes per second of each. */
async function writeRates(
  send: Send,
  { url }: FakeApiServer,
): Promise<number[]> {
  const requests: ((name: string) => Request)[] = [
    (name) =>
      new Request(url + PATH, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ metadata: { name }, data: { a: "1" } }),
      }),
    (name) =>
      new Request(`${url}${PATH}/${name}`, {
        method: "PATCH",
        headers: { "content-type": "application/merge-patch+json" },
        body: '{"data":{"a":"2"}}',
      }),
    (name) => new Request(`${url}${PATH}/${name}`, { method: "DELETE" }),
  ];
  const names = Array.from({ length: WRITES }, (_, index) => `c${index}`);
  const rates: number[] = [];
  for (const request of requests) {
    const start = performance.now();
    await eachConcurrently(names, {
      width: WIDTH,
      task: async (name) => {
        const response = await send(request(name));
        await response.text();
        if (!response.ok) throw new Error(`Cannot write: ${response.status}`);
      },
    });
    rates.push(WRITES / (performance.now() - start) * 1000);
  }
  return rates;
}

function round(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}

async function bench(): Promise<void> {
  const [cold = 0, ...warm] = await startTimes();
  const median = warm.toSorted((a, b) => a - b)[Math.floor(warm.length / 2)];
  await using server = new FakeApiServer();
  const direct = await writeRates((request) => server.fetch(request), server);
  const overHttp = await writeRates((request) => fetch(request), server);
  const rows = [
    ["start to first answer, first server (ms)", round(cold)],
    ["start to first answer, later ones (ms)", round(median ?? 0)],
    ...["creates", "patches", "deletes"].flatMap((what, index) => [
      [`${what} per second, in process`, round(direct[index] ?? 0)],
      [`${what} per second, over HTTP`, round(overHttp[index] ?? 0)],
    ]),
  ];
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(textTable([["figure", "value"], ...rows]));
}

if (import.meta.main) await bench();
