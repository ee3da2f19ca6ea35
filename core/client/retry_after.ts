import type { Clock } from "../timing/clock.ts";

/**
 * Reads a `Retry-After` header, in either of its forms.
 *
 * @example Read both forms
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { parseRetryAfter } from "./retry_after.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseRetryAfter("2", systemClock), 2_000);
 * assertEquals(
 *   parseRetryAfter("Wed, 21 Oct 2015 07:28:00 GMT", systemClock),
 *   0,
 * );
 * ```
 *
 * @param value The header: seconds, or an HTTP date.
 * @param clock The clock to compare a date with.
 * @returns How long to wait, in milliseconds; `undefined` without a wish.
 */
export function parseRetryAfter(
  value: string | null,
  clock: Clock,
): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  // Date.parse takes far more than dates of HTTP.
  if (!/^\s*[A-Z][^\n]{10,40} GMT\s*$/i.test(value)) return undefined;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return undefined;
  return Math.max(0, date - clock.date().getTime());
}
