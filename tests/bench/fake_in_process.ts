/**
 * Measures an embedded API server in this process and prints the figures as
 * JSON; `fake_bench.ts` runs it. Rates are those of a second of CPU time, so
 * that they mean the same on a machine that does other things as well.
 *
 * @module
 */
import process from "node:process";
import { FakeApiServer } from "../fake/fake_api_server.ts";
import { type WriteRates, writeRates } from "./write_rates.ts";

/** What is measured in one process. */
export interface InProcessFigures {
  /** From start to the first answer, in milliseconds. */
  readonly start: number;
  /** The same, of a second server. */
  readonly startAgain: number;
  /** Writes per second of CPU time. */
  readonly rates: WriteRates;
  /** Events that 1,000 watchers get in a second of CPU time. */
  readonly events: number;
  /** Memory of this process with 100,000 ConfigMaps, in MiB. */
  readonly resident: number;
  /** The longest that a page of 10,000 ConfigMaps took, in milliseconds. */
  readonly page: number;
}

const PATH = "/api/v1/namespaces/default/configmaps";
const WRITES = 10_000;
const WATCHERS = 1_000;
const WATCHED = 100;
const LISTED = 10_000;
const OBJECTS = 100_000;

/** CPU time of this process, in milliseconds. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function startTime(): Promise<number> {
  const start = performance.now();
  await using server = new FakeApiServer();
  await (await server.fetch(server.url + PATH)).text();
  return performance.now() - start;
}

async function create(server: FakeApiServer, names: Iterable<string>) {
  for (const name of names) {
    const request = new Request(server.url + PATH, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ metadata: { name }, data: { a: "1" } }),
    });
    const response = await server.fetch(request);
    await response.text();
    if (!response.ok) throw new Error(`Cannot create: ${response.status}`);
  }
}

function* names(from: number, to: number): Generator<string> {
  for (let index = from; index < to; index++) yield `c${index}`;
}

async function eventRate(): Promise<number> {
  await using server = new FakeApiServer();
  const url = `${server.url}${PATH}?watch=1&resourceVersion=0`;
  const readers = await Promise.all(
    Array.from({ length: WATCHERS }, async () => {
      const { body } = await server.fetch(new Request(url));
      if (body === null) throw new Error("Cannot watch: no body");
      return body.getReader();
    }),
  );
  const start = cpu();
  await create(server, names(0, WATCHED));
  for (const reader of readers) {
    for (let left = WATCHED; left > 0; left--) await reader.read();
  }
  const rate = WATCHERS * WATCHED / (cpu() - start) * 1_000;
  await Promise.all(readers.map((reader) => reader.cancel()));
  return rate;
}

async function longestPage(server: FakeApiServer): Promise<number> {
  let longest = 0;
  let next = "";
  do {
    const start = performance.now();
    const response = await server.fetch(
      new Request(`${server.url}${PATH}?limit=500&continue=${next}`),
    );
    longest = Math.max(longest, performance.now() - start);
    // Of a list of ConfigMaps.
    const { metadata } = await response.json() as {
      readonly metadata: { readonly continue?: string };
    };
    next = metadata.continue ?? "";
  } while (next !== "");
  return longest;
}

async function measure(): Promise<InProcessFigures> {
  const start = await startTime();
  const startAgain = await startTime();
  await using server = new FakeApiServer();
  await create(server, names(0, LISTED));
  const page = await longestPage(server);
  await create(server, names(LISTED, OBJECTS));
  const resident = Deno.memoryUsage().rss / 2 ** 20;
  await using other = new FakeApiServer();
  const rates = await writeRates({
    url: other.url + PATH,
    count: WRITES,
    now: cpu,
    send: (request) => other.fetch(request),
  });
  const events = await eventRate();
  return { start, startAgain, rates, events, resident, page };
}

if (import.meta.main) {
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(JSON.stringify(await measure()));
}
