/**
 * Reads many ConfigMaps and prints how long it took, how much CPU time, that of
 * garbage collection included, and the longest time in which no timer could
 * fire, all in milliseconds.
 *
 * Arguments: `loop` for a bare loop of `JSON.parse`, `map` for one that keeps
 * the objects in a Map, `store` for an informer; how many; and `yield` if
 * timers get a turn before each chunk, as they do with a real connection. Run
 * by `store.ts`.
 *
 * @module
 */
import { cpuUsage } from "node:process";
import { bareLoop, type ParsedObject } from "./bare_loop.ts";
import { configMapChunks, watchBody } from "./config_map_stream.ts";
import { filledInformer } from "./filled_informer.ts";
import { longestBlock } from "./longest_block.ts";

const [what, text = "", mode] = Deno.args;
const count = Number(text);
const chunks = [...configMapChunks({ count })];
let time = 0;
let cpu = 0;
const block = await longestBlock(async () => {
  const start = performance.now();
  const usage = cpuUsage();
  const size = await read();
  time = performance.now() - start;
  const { user, system } = cpuUsage(usage);
  cpu = (user + system) / 1_000;
  if (size !== count) throw new Error(`Cannot read all: ${size} of ${count}`);
});
// deno-lint-ignore no-console -- its parent reads it
console.log(JSON.stringify({ time, cpu, block }));

async function read(): Promise<number> {
  const body = watchBody(mode === "yield" ? oneByOne() : chunks);
  if (what === "store") {
    await using filled = await filledInformer(body);
    return filled.informer.store.size;
  }
  const objects = new Map<string, ParsedObject>();
  let size = 0;
  await bareLoop(body, (object) => {
    size++;
    if (what === "loop") return;
    const { namespace, name } = object.metadata;
    objects.set(`${namespace}/${name}`, object);
  });
  return size;
}

async function* oneByOne(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const chunk of chunks) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    yield chunk;
  }
}
