import { assertEquals } from "@std/assert";
import { TimeSlices } from "./time_slices.ts";

Deno.test("TimeSlices gives way once in a slice, and finishes the work", async () => {
  let time = 0;
  let steps = 0;
  const pauses: number[] = [];
  const slices = new TimeSlices({
    length: 10,
    clock: {
      now: () => time += 5, // each look at the clock
      date: () => new Date(0),
      setTimer: (callback) => {
        pauses.push(steps);
        queueMicrotask(callback);
        return () => {};
      },
    },
  });
  function* work(): Generator<void, string> {
    for (; steps < 1_000; steps++) yield;
    return "done";
  }
  assertEquals(await slices.run(work()), "done");
  assertEquals(pauses, [127, 255, 383, 511, 639, 767, 895]);
});
