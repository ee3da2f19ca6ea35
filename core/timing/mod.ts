/**
 * Timing: clocks, delays and waits.
 *
 * @module
 */
export { type Clock, systemClock } from "./clock.ts";
export { sleep, type SleepOptions } from "./sleep.ts";
export { backoffDelay, type BackoffOptions } from "./backoff.ts";
export { TimeoutError } from "./timeout_error.ts";
