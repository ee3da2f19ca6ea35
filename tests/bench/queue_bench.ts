/**
 * `deno task bench:queue`: the work queue beside a bare Set, and how its cost
 * grows with the number of keys.
 *
 * @module
 */
import {
  type AddOptions,
  WorkQueue,
} from "../../core/controller/work_queue.ts";
import { best } from "./best.ts";
import { textTable } from "./text_table.ts";

const MILLION = 1_000_000;
const FEW = 5_000;
const MANY = 40_000;

type Options = (index: number) => AddOptions;

const WAYS: readonly (readonly [string, Options])[] = [
  ["at once", () => ({})],
  ["10 priorities", (index) => ({ priority: index % 10 })],
  ["a priority each", (index) => ({ priority: mixed(index) })],
  ["a delay each", (index) => ({ after: 1 + mixed(index) })],
];

/** Spread, so that no order helps. */
function mixed(index: number): number {
  return Math.imul(index, 2_654_435_761) >>> 8;
}

function keysOf(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `ns-${index % 100}/config-${index}`,
  );
}

function bareSet(keys: readonly string[]): number {
  const start = performance.now();
  const known = new Set<string>();
  for (const key of keys) known.add(key);
  for (const key of known) known.delete(key);
  return performance.now() - start;
}

/** Adds keys and works them off; those that wait are forgotten, one by one. */
async function queue(
  keys: readonly string[],
  options: Options,
): Promise<number> {
  const { signal } = new AbortController();
  const queue = new WorkQueue();
  const start = performance.now();
  for (const [index, key] of keys.entries()) queue.add(key, options(index));
  while (queue.ready > 0) queue.done(await queue.take({ signal }));
  for (const key of keys) queue.forget(key);
  const time = performance.now() - start;
  if (queue.size > 0) throw new Error("Cannot empty the queue");
  queue.shutDown();
  return time;
}

/** A million adds of ten keys, of which ten must be left. */
function flood(options: Options): number {
  const keys = keysOf(10);
  const queue = new WorkQueue();
  const start = performance.now();
  for (let index = 0; index < MILLION; index++) {
    queue.add(keys[index % 10] ?? "", options(index));
  }
  const time = performance.now() - start;
  if (queue.size !== 10) throw new Error(`${queue.size} entries of 10 keys`);
  queue.shutDown();
  return time;
}

function floodSet(): number {
  const keys = keysOf(10);
  const known = new Set<string>();
  const start = performance.now();
  for (let index = 0; index < MILLION; index++) {
    known.add(keys[index % 10] ?? "");
  }
  return performance.now() - start;
}

function nanoseconds(time: number, count: number): string {
  return (time * 1e6 / count).toFixed(0);
}

const [few, many] = [keysOf(FEW), keysOf(MANY)];
const set = await best(() => bareSet(many));
const rows: string[][] = [];
for (const [what, options] of WAYS) {
  const small = await best(() => queue(few, options));
  const large = await best(() => queue(many, options));
  rows.push([
    what,
    nanoseconds(small, FEW),
    nanoseconds(large, MANY),
    (large / MANY / (small / FEW)).toFixed(2),
    (large / set).toFixed(1),
  ]);
}
print(textTable([
  ["add and take a key (ns)", "5,000", "40,000", "growth", "to a Set"],
  ...rows,
]));
print("A linear cost would grow 8 times.\n");

const bare = await best(floodSet);
for (const [what, options] of WAYS) {
  const time = await best(() => flood(options));
  print(
    `1,000,000 adds of 10 keys, ${what}: 10 entries, ${
      nanoseconds(time, MILLION)
    } ns each, ${(time / bare).toFixed(1)} times a bare Set`,
  );
}

function print(line: string): void {
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(line);
}
