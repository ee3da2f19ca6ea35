import { assertEquals, assertRejects } from "@std/assert";
import { httpPoller, type HttpPollerOptions } from "@koprs/koprs/external";
import { Origin } from "./external/origin.ts";
import { RawServer, send } from "./raw_server.ts";

const allow = { allow: ["127.0.0.1"] };

/** Aborts a poll once a point is reached, and expects it to end there. */
async function abortAt(
  reached: Promise<void>,
  { url, options }: {
    readonly url: string;
    readonly options?: HttpPollerOptions<unknown>;
  },
): Promise<void> {
  const stop = new AbortController();
  const reason = new Error("enough");
  const poller = httpPoller(url, { addresses: allow, ...options });
  const polling = assertRejects(() => poller.poll(stop));
  await reached;
  stop.abort(reason);
  assertEquals(await polling, reason);
}

Deno.test("F167: httpPoller() ends while a name is looked up", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const lookUp = () => {
    resolve();
    return new Promise<never>(() => {}); // heeds no signal
  };
  await abortAt(promise, {
    url: "https://flags.example.com/",
    options: { addresses: { lookUp } },
  });
});

Deno.test("F167: httpPoller() ends while a token is fetched", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await using origin = new Origin();
  const headers = () => {
    resolve();
    return new Promise<never>(() => {});
  };
  await abortAt(promise, {
    url: origin.url,
    options: { credentials: { headers } },
  });
  assertEquals(origin.requests, []);
});

Deno.test("F167: httpPoller() ends while it waits for an answer, and for a body", async () => {
  for (
    const answer of [
      "",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1",
    ]
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    await using server = new RawServer(async (connection) => {
      await send(connection, answer);
      resolve();
      await connection.read(new Uint8Array(1)).catch(() => {});
      closed.resolve();
      return true;
    });
    await abortAt(promise, { url: server.url });
    await closed.promise; // the connection is not kept
  }
});

Deno.test("F167: httpPoller() ends while a body is decoded", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await using origin = new Origin();
  const decode = () => {
    resolve();
    return new Promise<never>(() => {});
  };
  await abortAt(promise, { url: origin.url, options: { decode } });
});
