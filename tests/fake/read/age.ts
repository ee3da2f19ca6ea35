/**
 * Writes how long ago a moment was, as `HumanDuration` of apimachinery.
 *
 * @param timestamp The moment, in RFC 3339.
 * @param now The present.
 * @returns As `5m30s`; `<unknown>` if the timestamp is none.
 */
export function age(timestamp: string, now: Date): string {
  const ms = now.getTime() - Date.parse(timestamp);
  return Number.isNaN(ms) ? "<unknown>" : humanDuration(ms);
}

/**
 * Writes a duration for people, as `HumanDuration` of apimachinery.
 *
 * @param ms The duration, in milliseconds.
 * @returns As `5m30s`; `<invalid>` if it is negative.
 */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 120) return `${Math.max(0, seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return pair(minutes, "m", [seconds % 60, "s"]);
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return pair(hours, "h", [minutes % 60, "m"]);
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return pair(days, "d", [hours % 24, "h"]);
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? pair(years, "y", [days % 365, "d"]) : `${years}y`;
}

function pair(
  count: number,
  unit: string,
  [rest, restUnit]: readonly [number, string],
): string {
  return rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${restUnit}`;
}
