import { assertEquals } from "@std/assert";
import { tellDemo } from "../examples/configmapsync/demo.ts";

Deno.test("tellDemo() tells the whole story, with what each step costs", async () => {
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line.trim()));
  assertEquals(lines.filter((line) => line.startsWith("→")), [
    "→ 4 requests: apply configmapsyncs, apply configmaps, create events, apply configmapsyncs/status",
    "→ 2 requests: apply configmaps, create events",
    "→ 3 requests: apply configmaps, create events, apply configmapsyncs/status",
    "→ 5 requests: apply configmapsyncs, apply configmaps, delete configmaps, patch events, apply configmapsyncs/status",
    "→ 0 requests",
    "→ 2 requests: delete configmaps, patch configmapsyncs",
  ]);
});
