/**
 * Measures how long the event loop is held up.
 *
 * @param work What may hold it up.
 * @returns The longest time in which no timer could fire, in milliseconds.
 */
export async function longestBlock(
  work: () => Promise<unknown>,
): Promise<number> {
  let longest = 0;
  let isOver = false;
  const watch = (async () => {
    for (let last = performance.now(); !isOver;) {
      await new Promise((done) => setTimeout(done, 0));
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  })();
  await new Promise((done) => setTimeout(done, 5));
  longest = 0;
  await work();
  isOver = true;
  await watch;
  return longest;
}
