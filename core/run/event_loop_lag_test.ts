import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { EventLoopLag } from "./event_loop_lag.ts";

Deno.test("EventLoopLag reports each measurement and forgets it with the next", async () => {
  const clock = new FakeClock();
  const reported: number[] = [];
  let late = 0;
  const gauge = {
    set: (_labels: unknown, value: number) => void reported.push(value),
    inc: () => {},
    dec: () => {},
  };
  {
    using lag = new EventLoopLag({
      interval: 100,
      gauge,
      clock: {
        now: () => clock.now(),
        date: () => clock.date(),
        setTimer: (callback, delay) => clock.setTimer(callback, delay + late),
      },
    });
    assertEquals(lag.current, 0);
    late = 400;
    await clock.advance(100);
    late = 0;
    assertEquals(lag.current, 0);
    await clock.advance(300);
    assertEquals(lag.current, 200); // not fired yet, but due
    await clock.advance(200);
    assertEquals(lag.current, 400);
    await clock.advance(100);
    assertEquals(lag.current, 0);
  }
  assertEquals(reported, [0, 0.4, 0]);
  assertEquals(clock.pending, 0);
});
