import { assertEquals, assertThrows } from "@std/assert";
import { parseProcessStat } from "./process_stat.ts";

const STAT =
  "4711 (a) name) S 1 4711 4711 0 -1 4194560 9 0 0 0 150 25 0 0 20 0 4 0 99\n";
const STATUS = "Name:\ta name\nVmHWM:\t  102400 kB\nVmRSS:\t   51200 kB\n";

Deno.test("parseProcessStat() reads CPU time and memory", () => {
  assertEquals(parseProcessStat(STAT.replace("a) name", "a name") + STATUS), {
    cpu: 1.75,
    peak: 100,
    resident: 50,
  });
});

Deno.test("parseProcessStat() reads a name that has parentheses", () => {
  assertEquals(parseProcessStat(STAT + STATUS).cpu, 1.75);
});

Deno.test("parseProcessStat() refuses what a process that ended leaves", () => {
  assertThrows(() => parseProcessStat(""), Error, "it has ended");
  assertThrows(() => parseProcessStat(STAT), Error, "it has ended");
});
