/**
 * Makes random numbers that are the same in each run (the mulberry32 algorithm).
 *
 * @param seed Which numbers.
 * @returns Gives a whole number from 0 up to, but not including, `limit`.
 */
export function seededRandom(seed: number): (limit: number) => number {
  return (limit) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * limit);
  };
}
