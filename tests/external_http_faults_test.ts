import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConnectionError } from "@koprs/koprs/core";
import { bytesBody, PollError, textBody } from "@koprs/koprs/external";
import { FakeClock } from "@koprs/koprs/testing";
import { localPoller, Origin, take } from "./external/origin.ts";
import { RawServer, send } from "./raw_server.ts";

/** What each server breaks, and what is said of it. */
const broken: Readonly<Record<string, string>> = {
  "": "closed the connection",
  "nonsense\r\n\r\n": "",
  "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf": "it broke off",
  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n":
    "it broke off",
};

Deno.test("F144: httpPoller() fails, and keeps what it knows, when the server is gone, breaks off or has no name", async () => {
  for (const [answer, said] of Object.entries(broken)) {
    await using server = new RawServer(async (connection, index) => {
      const good = "HTTP/1.1 200 OK\r\nconnection: close\r\n" +
        "content-length: 1\r\n\r\n1";
      await send(connection, index === 1 ? answer : good);
      return true;
    });
    const poller = localPoller(server.url);
    assertEquals((await take(poller)).length, 1);
    const error = await assertRejects(() => take(poller), Error, said);
    assert(["ConnectionError", "PollError"].includes(error.name), error.name);
    assertEquals(await take(poller), []);
  }
  const refused = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  refused.close();
  const gone = `http://127.0.0.1:${refused.addr.port}`;
  await assertRejects(
    () => take(localPoller(gone)),
    ConnectionError,
    "refused",
  );
  const unknown = localPoller("https://no-such-host.invalid/", {
    addresses: { lookUp: () => Promise.resolve([]) },
  });
  await assertRejects(() => take(unknown), PollError, "cannot be resolved");
});

Deno.test("F145: httpPoller() tells how long a busy server asks to wait", async () => {
  const clock = new FakeClock({ date: new Date("2025-01-01T00:00:00Z") });
  const cases = [
    { status: 429, header: "7", retryAfter: 7_000 },
    {
      status: 503,
      header: "Wed, 01 Jan 2025 00:01:00 GMT",
      retryAfter: 60_000,
    },
    { status: 500, header: "soon", retryAfter: undefined },
  ];
  for (const { status, header, retryAfter } of cases) {
    await using origin = new Origin(() =>
      new Response("secret", { status, headers: { "retry-after": header } })
    );
    const poller = localPoller(`${origin.url}/a?b`, { clock });
    const error = await assertRejects(
      () => take(poller),
      PollError,
      `Cannot poll "${origin.url}/a": the answer is ${status}`,
    );
    assertEquals([error.code, error.retryAfter], [status, retryAfter]);
  }
});

Deno.test("F146: httpPoller() waits for as many 404 in a row as told, and 401, 403, 5xx say nothing", async () => {
  const answers = [200, 404, 404, 500, 404, 401, 404, 304, 404, 404, 410];
  await using origin = new Origin((_request, index) =>
    new Response(answers[index] === 200 ? "1" : null, {
      status: answers[index] ?? 404,
      headers: { etag: '"1"' },
    })
  );
  const poller = localPoller(origin.url, { removeAfter: 3 });
  const events: string[] = [];
  for (const _answer of answers) {
    const taken = await take(poller).catch(() => []);
    events.push(
      ...taken.map(({ type }) => `${type} ${origin.requests.length}`),
    );
  }
  assertEquals(events, ["added 1", `removed ${answers.length}`]);
});

Deno.test("F147: httpPoller() finds out that an ETag lies when it is told to verify", async () => {
  let body = "1";
  await using origin = new Origin(({ headers }) =>
    headers.get("if-none-match") === '"same"'
      ? new Response(null, { status: 304 })
      : new Response(body, { headers: { etag: '"same"' } })
  );
  const poller = localPoller(origin.url, { verifyEvery: 2 });
  await take(poller);
  body = "2";
  const seen: unknown[] = [];
  for (let poll = 0; poll < 4; poll++) {
    seen.push(...(await take(poller)).map(({ object }) => object.body));
  }
  assertEquals(seen, [2]);
  assertEquals(
    origin.requests.map((headers) => headers.has("if-none-match")),
    [false, true, true, false, true],
  );
});

Deno.test("F148: httpPoller() tells nothing when only the ETag changes", async () => {
  const etags = ['"a"', '"b"', 'W/"b"', '"b-gzip"', "unquoted", ""];
  await using origin = new Origin((_request, index) => {
    const etag = etags[index] ?? "";
    return new Response("1", { headers: etag === "" ? {} : { etag } });
  });
  const poller = localPoller(origin.url);
  const counts: number[] = [];
  for (const _etag of etags) counts.push((await take(poller)).length);
  assertEquals(counts, [1, 0, 0, 0, 0, 0]);
  assertEquals(
    origin.requests.map((headers) => headers.get("if-none-match")),
    [null, ...etags.slice(0, -1)],
  );
});

Deno.test("F149: httpPoller() compares bodies when there is neither ETag nor date", async () => {
  await using origin = new Origin((_request, index) =>
    new Response(index < 3 ? "1" : "2")
  );
  const poller = localPoller(origin.url);
  const types: string[] = [];
  for (let poll = 0; poll < 5; poll++) {
    types.push(...(await take(poller)).map(({ type }) => type));
  }
  assertEquals(types, ["added", "modified"]);
});

Deno.test("F150: httpPoller() fails on 304 to a request without condition, and asks without one again", async () => {
  await using origin = new Origin((_request, index) =>
    index === 0 ? new Response(null, { status: 304 }) : new Response("1")
  );
  const poller = localPoller(origin.url);
  await assertRejects(
    () => take(poller),
    PollError,
    "though nothing was known",
  );
  assertEquals((await take(poller))[0]?.type, "added");
  assertEquals(origin.requests[1]?.has("if-none-match"), false);
});

Deno.test("F151: httpPoller() does not rely on a date of the same second", async () => {
  const date = "Wed, 21 Oct 2015 07:28:00 GMT";
  let body = "1";
  await using origin = new Origin(({ headers }) =>
    headers.has("if-modified-since")
      ? new Response(null, { status: 304 })
      : new Response(body, { headers: { "last-modified": date, date } })
  );
  const poller = localPoller(origin.url);
  await take(poller);
  body = "2"; // in the same second
  assertEquals((await take(poller))[0]?.type, "modified");
  assertEquals(origin.requests[1]?.has("if-modified-since"), false);
});

Deno.test("F152: httpPoller() stops reading a body that is too large or never ends", async () => {
  let sent = 0;
  await using origin = new Origin((_request, index) =>
    index === 0 ? new Response("1") : new Response(
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: (controller) => {
          sent += 65_536;
          controller.enqueue(new Uint8Array(65_536));
        },
      }),
    )
  );
  const poller = localPoller(origin.url, { maxBytes: 1 << 20 });
  await take(poller);
  await assertRejects(() => take(poller), PollError, "more than 1048576 bytes");
  assert(sent < 16 << 20, `${sent} bytes`);
  origin.answer = () => new Response("1");
  assertEquals(await take(poller), []);
});

Deno.test("F152: httpPoller() takes a body of exactly the limit", async () => {
  await using origin = new Origin(() => new Response(new Uint8Array(1_000)));
  const decode = bytesBody;
  const fits = localPoller(origin.url, { decode, maxBytes: 1_000 });
  assertEquals((await take(fits))[0]?.object.body.length, 1_000);
  const tooSmall = localPoller(origin.url, { decode, maxBytes: 999 });
  await assertRejects(() => take(tooSmall), PollError, "more than 999 bytes");
});

Deno.test("F153: httpPoller() stops unpacking a bomb by size and by ratio", async () => {
  const packed = await gzip(new Uint8Array(64 << 20));
  await using origin = new Origin(() =>
    new Response(packed, { headers: { "content-encoding": "gzip" } })
  );
  const decode = bytesBody;
  await assertRejects(
    () => take(localPoller(origin.url, { decode })),
    PollError,
    "it grows more than 100-fold",
  );
  await assertRejects(
    () => take(localPoller(origin.url, { decode, maxBytes: 1 << 19 })),
    PollError,
    "more than 524288 bytes",
  );
});

Deno.test("F153: httpPoller() unpacks what is honest", async () => {
  const packed = await gzip(new TextEncoder().encode("x".repeat(500_000)));
  await using origin = new Origin(() =>
    new Response(packed, { headers: { "content-encoding": "gzip" } })
  );
  const [event] = await take(localPoller(origin.url, { decode: textBody }));
  assertEquals(event?.object.body.length, 500_000);
});

Deno.test("F154: httpPoller() gives up on a body that dribbles, and on one that stops", async () => {
  const clock = new FakeClock();
  let dribble = 0;
  await using server = new RawServer(async (connection) => {
    await send(connection, "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n1");
    const timer = setInterval(() => {
      send(connection, "1").then(() => dribble++, () => clearInterval(timer));
    }, 1);
    await connection.read(new Uint8Array(1)).catch(() => {});
    clearInterval(timer);
    return true;
  });
  await using silent = new RawServer(async (connection) => {
    await send(connection, "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n1");
    return false;
  });
  const options = { clock, timeout: 30_000, idleTimeout: 10_000 };
  const slow = assertRejects(
    () => take(localPoller(server.url, options)),
    PollError,
    "no whole answer within 30000 ms",
  );
  const stopped = assertRejects(
    () => take(localPoller(silent.url, options)),
    PollError,
    "nothing came for 10000 ms",
  );
  await until(() => dribble > 5 && clock.pending === 4);
  for (let step = 0; step < 4; step++) {
    const before = dribble;
    await clock.advance(9_000);
    await until(() => step === 3 || dribble > before + 3);
  }
  await Promise.all([slow, stopped]);
  assertEquals(clock.pending, 0);
});

Deno.test("F168: httpPoller() sends the server's own date, whatever the clocks say", async () => {
  const lastModified = "Fri, 21 Oct 2095 07:28:00 GMT"; // far ahead
  await using origin = new Origin(({ headers }) =>
    headers.get("if-modified-since") === lastModified
      ? new Response(null, { status: 304 })
      : new Response("1", {
        headers: {
          "last-modified": lastModified,
          date: "Fri, 21 Oct 2095 07:29:00 GMT",
        },
      })
  );
  const poller = localPoller(origin.url);
  assertEquals((await take(poller)).length, 1);
  assertEquals(await take(poller), []);
  assertEquals(
    origin.requests[1]?.get("if-modified-since"),
    lastModified,
  );
});

async function gzip(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Real sockets have no fake clock: look each turn of the event loop. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("It did not come true");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
