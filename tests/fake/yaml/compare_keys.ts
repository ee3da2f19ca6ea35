/**
 * Compares two keys as go-yaml sorts them: letters last, numbers by their value.
 *
 * @param a One key.
 * @param b The other key.
 * @returns Negative if `a` comes first.
 */
export function compareKeys(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const [x = "", y = ""] = [left[at], right[at]];
    if (x === y) continue;
    const [xLetter, yLetter] = [x, y].map((char) => /\p{L}/u.test(char));
    if (xLetter && yLetter) return order(x, y);
    if (xLetter || yLetter) return yLetter ? -1 : 1;
    const [m, n] = [digits(left, at), digits(right, at)];
    const isLater = (x === "0" || y === "0") && hasNumberBefore(left, at);
    const start = isLater ? "1" : "";
    return Number(start + m) - Number(start + n) || m.length - n.length ||
      order(x, y);
  }
  return left.length - right.length;
}

function digits(chars: readonly string[], from: number): string {
  return /^\d*/.exec(chars.slice(from).join(""))?.[0] ?? "";
}

/** Whether a digit follows others that are not all zero. */
function hasNumberBefore(chars: readonly string[], at: number): boolean {
  const before = /\d*$/.exec(chars.slice(0, at).join(""))?.[0] ?? "";
  return /[1-9]/.test(before);
}

function order(x: string, y: string): number {
  return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
}
