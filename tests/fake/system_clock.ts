import type { Clock } from "../../core/timing/clock.ts";

/** Longest delay of `setTimeout`. */
const LONGEST = 2 ** 31 - 1;

/** The time of the computer. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  setTimer(callback, delay) {
    let timer: ReturnType<typeof setTimeout>;
    const start = (left: number): void => {
      timer = setTimeout(() => {
        if (left > LONGEST) start(left - LONGEST);
        else callback();
      }, Math.min(left, LONGEST));
    };
    start(delay);
    return () => clearTimeout(timer);
  },
};
