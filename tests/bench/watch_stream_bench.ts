/**
 * Compares reading a watch with a bare loop that splits lines and parses them.
 *
 * Run with `deno run tests/bench/watch_stream_bench.ts`.
 */
import { watchBatches } from "../../core/client/watch_stream.ts";

const events = 20_000;
const chunkBytes = 65_536;
const rounds = 15;

const line = (index: number): string =>
  JSON.stringify({
    type: "MODIFIED",
    object: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: `config-${index}`,
        namespace: "default",
        uid: crypto.randomUUID(),
        resourceVersion: String(100_000 + index),
        creationTimestamp: "2025-01-01T00:00:00Z",
        labels: { app: "web", index: String(index) },
        managedFields: [{
          manager: "bench",
          operation: "Apply",
          apiVersion: "v1",
          time: "2025-01-01T00:00:00Z",
          fieldsType: "FieldsV1",
          fieldsV1: { "f:data": { "f:key": {}, "f:other": {} } },
        }],
      },
      data: { key: "x".repeat(400), other: "ü".repeat(50) },
    },
  }) + "\n";

const wire = new TextEncoder().encode(
  Array.from({ length: events }, (_, index) => line(index)).join(""),
);

function body(): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= wire.length) return controller.close();
      controller.enqueue(wire.subarray(at, at += chunkBytes));
    },
  }, { highWaterMark: 0 });
}

async function bare(): Promise<number> {
  const decoder = new TextDecoder();
  let rest = "";
  let count = 0;
  for await (const chunk of body()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      JSON.parse(line);
      count++;
    }
  }
  return count;
}

async function ours(): Promise<number> {
  let count = 0;
  for await (const batch of watchBatches(body())) count += batch.length;
  return count;
}

async function time(read: () => Promise<number>): Promise<number> {
  const start = performance.now();
  if (await read() !== events) throw new Error("Cannot count all events");
  return performance.now() - start;
}

const times = { bare: [] as number[], ours: [] as number[] };
for (let round = 0; round < rounds; round++) {
  times.bare.push(await time(bare));
  times.ours.push(await time(ours));
}
const best = {
  bare: Math.min(...times.bare),
  ours: Math.min(...times.ours),
};
const perSecond = (ms: number): string =>
  `${Math.round(events / ms * 1000).toLocaleString("en")} events/s`;
// deno-lint-ignore no-console
console.log(
  `bare loop ${perSecond(best.bare)}, watchBatches ${perSecond(best.ours)}, ` +
    `ratio ${(best.bare / best.ours).toFixed(2)}`,
);
