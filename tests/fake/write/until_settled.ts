/** A write that others have overtaken while webhooks were asked. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/**
 * Tries a write anew as long as others overtake it, as `GuaranteedUpdate` of the
 * API server does; webhooks are asked again each time.
 *
 * @typeParam R What the write results in.
 * @param attempt Reads the object as it is, and writes it.
 * @returns The result of the attempt that was not overtaken.
 */
export async function untilSettled<R>(attempt: () => Promise<R>): Promise<R> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}
