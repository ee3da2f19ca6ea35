/** What a load came to. */
export interface LoadResult {
  /** Answers per second. */
  readonly rate: number;
  /** Half of the answers took at most so long, in milliseconds. */
  readonly p50: number;
  /** 99 of 100 answers took at most so long, in milliseconds. */
  readonly p99: number;
  /** How many answers came. */
  readonly count: number;
  /** How many were no answers, or not 200. */
  readonly failures: number;
}

/** Options of a load. */
export interface LoadOptions {
  /** Path of the file with the body. */
  readonly body: string;
  /** How long, in seconds. */
  readonly seconds: number;
  /** How many connections. */
  readonly connections: number;
  /** The authority that vouches for the server; wrk does not look at it. */
  readonly ca: string;
}

/** Something that makes load. */
export interface LoadGenerator {
  /** What it is called. */
  readonly name: string;
  /** Sends the body again and again. */
  run(url: string, options: LoadOptions): Promise<LoadResult>;
}

/**
 * Finds a load generator: wrk, or this process, which is slower than what it
 * measures.
 *
 * @returns The generator.
 */
export async function findLoadGenerator(): Promise<LoadGenerator> {
  const found = await new Deno.Command("wrk", {
    args: ["--version"],
    stdout: "null",
    stderr: "null",
  }).output().then(() => true, () => false);
  return found
    ? { name: "wrk", run: runWrk }
    : { name: "the client of Deno (wrk is not installed)", run: runFetch };
}

const SCRIPT = `local file = io.open(os.getenv("BODY"))
wrk.body = file:read("*a")
file:close()
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
`;

async function runWrk(url: string, options: LoadOptions): Promise<LoadResult> {
  const { body, seconds, connections } = options;
  const script = `${body}.lua`;
  await Deno.writeTextFile(script, SCRIPT);
  const output = await new Deno.Command("wrk", {
    args: [
      "--threads=1",
      `--connections=${connections}`,
      `--duration=${seconds}s`,
      "--latency",
      `--script=${script}`,
      url,
    ],
    env: { BODY: body },
  }).output();
  return parseWrk(new TextDecoder().decode(output.stdout));
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

/**
 * Reads what wrk prints.
 *
 * @param text The output of `wrk --latency`.
 * @returns The result.
 * @throws {Error} If it is something else.
 */
export function parseWrk(text: string): LoadResult {
  const [, rate] = /Requests\/sec:\s+([\d.]+)/.exec(text) ?? [];
  const [, count] = /(\d+) requests in/.exec(text) ?? [];
  if (rate === undefined || count === undefined) {
    throw new Error(`Cannot read the output of wrk: ${text.slice(0, 200)}`);
  }
  const percentile = (name: string): number => {
    const found = new RegExp(`${name}%\\s+([\\d.]+)(us|ms|s)`).exec(text);
    return Number(found?.[1]) * (UNITS[found?.[2] ?? ""] ?? NaN);
  };
  const [, ...socket] =
    /connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text) ?? [];
  const [, refused = "0"] = /Non-2xx or 3xx responses: (\d+)/.exec(text) ?? [];
  return {
    rate: Number(rate),
    count: Number(count),
    p50: percentile("50"),
    p99: percentile("99"),
    failures: [...socket, refused].reduce((sum, each) => sum + Number(each), 0),
  };
}

async function runFetch(
  url: string,
  { body, seconds, connections, ca }: LoadOptions,
): Promise<LoadResult> {
  const text = await Deno.readTextFile(body);
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  const end = started + seconds * 1_000;
  const http2 = false;
  using client = Deno.createHttpClient({ caCerts: [ca], http2 });
  const init = {
    client,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
  };
  await Promise.all(Array.from({ length: connections }, async () => {
    for (let now = performance.now(); now < end;) {
      const isGood = await fetch(url, init).then(async (response) => {
        await response.body?.cancel();
        return response.status === 200;
      }, () => false);
      const then = performance.now();
      if (isGood) times.push(then - now);
      else failures++;
      now = then;
    }
  }));
  return { ...summarize(times, performance.now() - started), failures };
}

/**
 * Sums up how long answers took.
 *
 * @param times How long each took, in milliseconds.
 * @param duration How long all took, in milliseconds.
 * @returns The rate and the percentiles.
 */
export function summarize(
  times: readonly number[],
  duration: number,
): Omit<LoadResult, "failures"> {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ??
      NaN;
  return {
    rate: times.length / duration * 1_000,
    count: times.length,
    p50: at(0.5),
    p99: at(0.99),
  };
}
