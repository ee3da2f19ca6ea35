import { Cron } from "croner";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";

/** Options of {@linkcode cronSchedule}. */
export interface CronScheduleOptions {
  /** Ends the schedule. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The time zone of the expression, such as `"Europe/Berlin"`.
   *
   * @default {"UTC"}
   */
  readonly timeZone?: string | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** The clock of the system may be set: look at it that often, in milliseconds. */
const longestWait = 60_000;

/**
 * Yields the times of a cron expression, as they come.
 *
 * As `Deno.cron`, but stable and anywhere: five fields (minute, hour, day,
 * month, weekday, with names), in UTC unless a time zone is given; times that
 * pass while the consumer is busy, or while the machine sleeps, are left out.
 *
 * @example Wait for the next full hour
 * ```ts
 * import { cronSchedule } from "@koprs/koprs/external";
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FakeClock({ date: new Date("2025-01-01T11:30:00Z") });
 * const times = cronSchedule("0 * * * *", { clock });
 * const next = times.next();
 * await clock.advance(30 * 60_000);
 * assertEquals((await next).value, new Date("2025-01-01T12:00:00Z"));
 * ```
 *
 * @param expression Five fields, or a name such as `"@daily"`.
 * @param options Time zone, and what ends it.
 * @returns The times, until the signal aborts.
 * @throws {TypeError} If the expression or the time zone makes no sense.
 */
export function cronSchedule(
  expression: string,
  options: CronScheduleOptions = {},
): AsyncIterableIterator<Date> {
  const { timeZone = "UTC" } = options;
  return times(parse(expression, timeZone), options);
}

async function* times(
  cron: Cron,
  { signal, clock = systemClock }: CronScheduleOptions,
): AsyncIterableIterator<Date> {
  while (!signal?.aborted) {
    const next = cron.nextRun(clock.date());
    if (next === null) return;
    for (;;) {
      const left = next.getTime() - clock.date().getTime();
      if (left <= 0) break;
      const wait = Math.min(left, longestWait);
      await sleep(wait, { signal, clock }).catch(() => {}); // the next line looks
      if (signal?.aborted) return;
    }
    yield next;
  }
}

function parse(expression: string, timezone: string): Cron {
  try {
    // Without a function it only computes.
    const cron = new Cron(expression, {
      timezone,
      paused: true,
      mode: "5-part",
    });
    // The time zone is looked at here, too.
    if (cron.nextRun(new Date(0)) !== null) return cron;
  } catch {
    // What croner says is said below.
  }
  throw new TypeError(
    `Cannot make a schedule of "${expression}" in "${timezone}": ` +
      `it needs five fields of cron that some day fit, and a time zone of IANA`,
  );
}
