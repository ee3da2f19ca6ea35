import { assert, assertEquals, assertRejects } from "@std/assert";
import { objectStorePoller, PollError } from "@koprs/koprs/external";
import { s3Store, type S3StoreOptions } from "@koprs/koprs/external/s3";
import { take } from "./external/origin.ts";
import {
  type ListAnswer,
  listing,
  refusal,
  S3Server,
  xml,
} from "./external/s3_server.ts";

const credentials = { accessKeyId: "AKIAONE", secretAccessKey: "secret" };

/** Opens a server, and a store on it that tries only once. */
function open(answer: ListAnswer, options: S3StoreOptions = {}) {
  const server = new S3Server(answer);
  const store = s3Store("flags", {
    endpoint: server.url,
    credentials,
    maxAttempts: 1,
    ...options,
  });
  return {
    server,
    store,
    keys: async (prefix = "") =>
      (await Array.fromAsync(store.list(prefix))).map(({ key }) => key),
    async [Symbol.asyncDispose]() {
      store[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

Deno.test("F157: s3Store() lists 1001 keys on two pages, and an empty page between", async () => {
  const all = Array.from({ length: 1_001 }, (_, index) => `k${index}`);
  await using world = open((query) => {
    switch (query.get("continuation-token")) {
      case null:
        return listing({ keys: all.slice(0, 1_000), next: "a" });
      case "a":
        return listing({ keys: [], next: "b" });
      default:
        return listing({ keys: all.slice(1_000) });
    }
  });
  assertEquals(await world.keys("k"), all);
  assertEquals(world.server.listings.length, 3);
  assertEquals(world.server.listings[0]?.get("prefix"), "k");
});

Deno.test("F157: s3Store() stops when a token comes again, or is missing", async () => {
  await using circle = open(() => listing({ keys: ["a"], next: "again" }));
  await assertRejects(() => circle.keys(), PollError, "turns in circles");
  assertEquals(circle.server.listings.length, 2);
  await using lost = open(() => listing({ keys: ["a"], truncated: true }));
  await assertRejects(() => lost.keys(), PollError, 'Cannot list "s3://flags"');
});

Deno.test("F159: s3Store() fails as a whole when a later page does, and the poller keeps what it knows", async () => {
  const broken: readonly (readonly [() => Response, string])[] = [
    [() => refusal("AccessDenied", 403), "AccessDenied (403)"],
    [() => refusal("InternalError", 500), "InternalError (500)"],
    [() => xml("<ListBucketResult><Name>flags</Name><Contents><Key>b"), ""],
    [() => xml("<ListBucketResult></ListBucketResult>"), ""],
    [() => new Response("<html>proxy</html>"), ""],
    [() => new Response(""), ""],
  ];
  let fails: (() => Response) | undefined;
  await using world = open((query) =>
    query.has("continuation-token")
      ? fails?.() ?? listing({ keys: ["b"] })
      : listing({ keys: ["a"], next: "2" })
  );
  const poller = objectStorePoller(world.store);
  assertEquals((await take(poller)).length, 2);
  for (const [answer, said] of broken) {
    fails = answer;
    const error = await assertRejects(() => take(poller), PollError, said);
    assert(error.message.startsWith('Cannot list "s3://flags": '));
    assert(!error.message.includes("SECRET"), error.message);
    fails = undefined;
    assertEquals(await take(poller), []);
  }
});

Deno.test("F145: s3Store() tries a busy server again, a limited number of times", async () => {
  await using world = open(() => refusal("SlowDown", 503), { maxAttempts: 2 });
  const error = await assertRejects(() => world.keys(), PollError, "SlowDown");
  assertEquals(error.code, 503);
  assertEquals(world.server.listings.length, 2);
});

Deno.test("F162: s3Store() takes keys as they are, however they are written", async () => {
  const keys = [
    "../../etc/passwd",
    "a//b",
    "/a",
    "%2F",
    "caf\u00e9",
    "cafe\u0301",
    "<a>&amp;\"'",
    " a ",
    "a+b",
    "\u0001",
    "x".repeat(1_024),
  ];
  await using world = open(() => listing({ keys }));
  assertEquals(await world.keys(), keys);
  // A server that does not know of the encoding writes them as they are.
  await using plain = open(() =>
    xml(
      "<ListBucketResult><IsTruncated>false</IsTruncated>" +
        "<Contents><Key>a+b%2F&amp;amp;</Key><Size>1</Size></Contents>" +
        "</ListBucketResult>",
    )
  );
  assertEquals(await plain.keys(), ["a+b%2F&amp;"]);
});

Deno.test("F163: s3Store() asks for new credentials when they expire, and an error is no removal", async () => {
  let asked = 0;
  await using world = open(
    (_query, index) =>
      index === 1 ? refusal("ExpiredToken", 400) : listing({ keys: ["a"] }),
    {
      credentials: () =>
        Promise.resolve({
          accessKeyId: `AKIA${++asked}`,
          secretAccessKey: "secret",
          sessionToken: "secret",
          expiration: new Date(Date.now() + 1_000), // about to expire
        }),
    },
  );
  const poller = objectStorePoller(world.store);
  assertEquals((await take(poller)).length, 1);
  await assertRejects(() => take(poller), PollError, "ExpiredToken (400)");
  assertEquals(await take(poller), []);
  assertEquals(new Set(world.server.accessKeys).size, 3);
});

Deno.test("F144: s3Store() fails when there is no server", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  using store = s3Store("flags", {
    endpoint: `http://127.0.0.1:${listener.addr.port}`,
    credentials,
    maxAttempts: 1,
  });
  await assertRejects(
    () => Array.fromAsync(store.list("")),
    PollError,
    'Cannot list "s3://flags": connection refused',
  );
});

Deno.test("F167: s3Store() stops a listing when the signal aborts", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  await using world = open(() => {
    stop.abort(reason);
    return listing({ keys: ["a"], next: "2" });
  });
  const listed = Array.fromAsync(
    world.store.list("", { signal: stop.signal }),
  );
  assertEquals(await assertRejects(() => listed), reason);
  assertEquals(world.server.listings.length, 1);
});
