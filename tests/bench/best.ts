const ROUNDS = 7;

/**
 * Measures several times.
 *
 * @param measure Measures once.
 * @returns The least of the results, which others disturbed least.
 */
export async function best(
  measure: () => number | Promise<number>,
): Promise<number> {
  const results: number[] = [];
  for (let round = 0; round < ROUNDS; round++) results.push(await measure());
  return Math.min(...results);
}
