/**
 * `deno task bench:external`: a listing of 10,000 objects in memory and over
 * S3, and an unchanged document of 1 MiB. The servers run in a process of their
 * own.
 *
 * @module
 */
import {
  anyJsonBody,
  httpPoller,
  MemoryStore,
  objectStorePoller,
  type Poller,
} from "@koprs/koprs/external";
import { s3Store } from "@koprs/koprs/external/s3";
import { take } from "../external/origin.ts";
import { listing } from "../external/s3_server.ts";

const OBJECTS = 10_000;
const PAGE = 1_000;
const POLLS = 1_000;

/** Serves a bucket below `/flags` and a document at `/document`. */
function serve(): void {
  const keys = Array.from({ length: OBJECTS }, (_, index) => keyAt(index));
  const document = JSON.stringify({ text: "x".repeat((1 << 20) - 11) });
  const etag = '"1"';
  let requests = 0;
  Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    // The parent reads the port.
    // deno-lint-ignore no-console
    onListen: ({ port }) => console.log(port),
  }, ({ url, headers }) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname === "/requests") return new Response(String(requests));
    requests++;
    if (pathname === "/document") {
      return headers.get("if-none-match") === etag
        ? new Response(null, { status: 304, headers: { etag } })
        : new Response(document, { headers: { etag } });
    }
    const from = Number(searchParams.get("continuation-token") ?? 0);
    const to = from + PAGE;
    const page = { keys: keys.slice(from, to) };
    return listing(to < OBJECTS ? { ...page, next: String(to) } : page);
  });
}

function keyAt(index: number): string {
  return `flags/team-${index % 100}/application-${index}/flags.json`;
}

function print(line: string): void {
  // deno-lint-ignore no-console
  console.log(line);
}

/** Memory in use by the process, in MiB. */
function rss(): number {
  return Deno.memoryUsage().rss / 2 ** 20;
}

async function measureListing(
  name: string,
  poller: Poller<unknown>,
): Promise<void> {
  const idle = rss();
  for (const what of ["first", "unchanged"]) {
    const start = performance.now();
    const events = await take(poller);
    const took = performance.now() - start;
    print(
      `${name}, ${what} poll: ${events.length} events in ` +
        `${took.toFixed(0)} ms, ${(rss() - idle).toFixed(1)} MiB above idle`,
    );
  }
}

async function measureDocument(origin: string): Promise<void> {
  let parses = 0;
  const poller = httpPoller(`${origin}/document`, {
    addresses: { allow: ["127.0.0.1"] },
    decode: (bytes) => {
      parses++;
      return anyJsonBody(bytes);
    },
  });
  const requests = async () =>
    Number(await (await fetch(`${origin}/requests`)).text());
  await take(poller);
  const before = await requests();
  const parsed = parses;
  const start = performance.now();
  for (let poll = 0; poll < POLLS; poll++) await take(poller);
  const each = (performance.now() - start) / POLLS;
  print(
    `1 MiB document, unchanged: ${(await requests() - before) / POLLS} ` +
      `requests and ${(parses - parsed) / POLLS} parses a poll, ` +
      `${each.toFixed(2)} ms each; 1,000 sources every 10 s take at most ` +
      `${(each * 100 / 10).toFixed(1)} % of a core`,
  );
}

async function measure(): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-net=127.0.0.1",
      "--allow-env",
      "--allow-read",
      import.meta.filename ?? "",
      "--serve",
    ],
    stdout: "piped",
  }).spawn();
  try {
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const origin = `http://127.0.0.1:${(await lines.read()).value?.trim()}`;
    await lines.cancel();
    const memory = new MemoryStore();
    for (let index = 0; index < OBJECTS; index++) {
      memory.put(keyAt(index), "{}");
    }
    await measureListing("memory", objectStorePoller(memory));
    using store = s3Store("flags", {
      endpoint: origin,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    await measureListing("S3", objectStorePoller(store));
    await measureDocument(origin);
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

if (import.meta.main) {
  if (Deno.args.includes("--serve")) serve();
  else await measure();
}
