/**
 * `deno task bench:store`: what a store of 100,000 ConfigMaps of 1 kB costs,
 * beside the least that is possible.
 *
 * Memory is that of a process after garbage collection, and compared with a
 * bare Map of the same objects without `managedFields`, which nothing is
 * imported for. The speed of filling is compared with a bare loop of
 * `JSON.parse` over the same stream that keeps the objects in a Map, as a store
 * does; the loop that drops them is printed as well. It is the CPU time that is
 * compared, as other programs disturb it least. Each is a process of its own,
 * in turn, and the median of several rounds counts.
 *
 * Exit code 1 says that a budget was missed.
 *
 * @module
 */
import { median } from "./figures.ts";
import { textTable } from "./text_table.ts";

const COUNT = 100_000;
const ROUNDS = Number(Deno.args[0] ?? 5);
const MIB = 1_048_576;

const memory = { map: new Array<number>(), store: new Array<number>() };
const time = {
  loop: new Array<number>(),
  map: new Array<number>(),
  store: new Array<number>(),
};
const cpu = {
  loop: new Array<number>(),
  map: new Array<number>(),
  store: new Array<number>(),
};
const block = { map: new Array<number>(), store: new Array<number>() };

for (let round = 0; round < ROUNDS; round++) {
  for (const what of ["map", "store"] as const) {
    const { rss = NaN } = await run("config_map_holder.ts", [what]);
    memory[what].push(rss / MIB);
  }
  for (const what of ["loop", "map", "store"] as const) {
    const figures = await run("config_map_filler.ts", [what]);
    time[what].push(figures.time ?? NaN);
    cpu[what].push(figures.cpu ?? NaN);
  }
  for (const what of ["map", "store"] as const) {
    const figures = await run("config_map_filler.ts", [what, "yield"]);
    block[what].push(figures.block ?? NaN);
  }
}

const memoryRatio = median(memory.store) / median(memory.map);
const speed = median(cpu.map) / median(cpu.store);
const longest = median(block.store);
print(textTable([
  ["100,000 ConfigMaps", "bare loop", "bare Map", "store"],
  ["memory (MiB)", "", text(memory.map), text(memory.store)],
  ["time to fill (ms)", text(time.loop), text(time.map), text(time.store)],
  ["CPU to fill (ms)", text(cpu.loop), text(cpu.map), text(cpu.store)],
  ["longest block (ms)", "", text(block.map), text(block.store)],
]));
const budgets = [
  [
    memoryRatio <= 1.1,
    `memory at most 1.1 of a Map: ${memoryRatio.toFixed(3)}`,
  ],
  [speed >= 0.75, `filled at least 0.75 as fast as a Map: ${speed.toFixed(2)}`],
  [longest <= 50, `event loop held up at most 50 ms: ${longest.toFixed(0)}`],
] as const;
for (const [isMet, text] of budgets) {
  print(`${isMet ? "ok" : "missed"}: ${text}`);
}
Deno.exit(budgets.every(([isMet]) => isMet) ? 0 : 1);

/** Runs a program for one measurement. */
async function run(
  program: string,
  [what, ...rest]: readonly [string, ...string[]],
): Promise<Readonly<Record<string, number>>> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-prompt",
      "--allow-env",
      "--allow-sys",
      "--v8-flags=--expose-gc",
      new URL(program, import.meta.url).href,
      what,
      String(COUNT),
      ...rest,
    ],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot measure: ${program} ${what} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function text(values: readonly number[]): string {
  return median(values).toFixed(0);
}

function print(line: string): void {
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(line);
}
