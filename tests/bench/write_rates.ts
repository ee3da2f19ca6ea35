import { eachConcurrently } from "./each_concurrently.ts";

/** How many simple writes of one kind there are in a second. */
export interface WriteRates {
  /** Creations. */
  readonly creates: number;
  /** Merge patches. */
  readonly patches: number;
  /** Deletions. */
  readonly deletes: number;
}

/** Options of {@linkcode writeRates}. */
export interface WriteRatesOptions {
  /** URL of the ConfigMaps of a namespace. */
  readonly url: string;
  /** How many ConfigMaps. */
  readonly count: number;
  /** Tells the time that counts, in milliseconds. */
  readonly now: () => number | Promise<number>;
  /** Sends a request. */
  send(request: Request): Promise<Response>;
}

const WIDTH = 16;

/**
 * Creates, then patches, then deletes ConfigMaps, some at a time.
 *
 * @param options Where, how many, and how time is told.
 * @returns The writes per second.
 * @throws {Error} If one is refused.
 */
export async function writeRates(
  { url, count, now, send }: WriteRatesOptions,
): Promise<WriteRates> {
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  const rate = async (request: (name: string) => Request): Promise<number> => {
    const start = await now();
    await eachConcurrently(names, {
      width: WIDTH,
      task: async (name) => {
        const response = await send(request(name));
        await response.text();
        if (!response.ok) throw new Error(`Cannot write: ${response.status}`);
      },
    });
    return count / (await now() - start) * 1_000;
  };
  return {
    creates: await rate((name) =>
      new Request(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ metadata: { name }, data: { a: "1" } }),
      })
    ),
    patches: await rate((name) =>
      new Request(`${url}/${name}`, {
        method: "PATCH",
        headers: { "content-type": "application/merge-patch+json" },
        body: '{"data":{"a":"2"}}',
      })
    ),
    deletes: await rate((name) =>
      new Request(`${url}/${name}`, { method: "DELETE" })
    ),
  };
}
