import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ok, refused, scripted } from "../../tests/scripted_fetch.ts";
import { ApiError } from "./api_error.ts";
import type { Credentials } from "./config.ts";
import { ConnectionError } from "./connection_error.ts";
import { bearerToken } from "./credentials.ts";
import type { Fetch } from "./http_request.ts";
import { createTransport } from "./transport.ts";

const server = "https://10.0.0.1:6443/prefix";
const get = { method: "GET", path: "/version" } as const;
const post = { method: "POST", path: "/api", body: "{}" } as const;

Deno.test("request() shows fresh credentials once after a 401 (F19)", async () => {
  const { fetch, calls } = scripted([refused(401), ok()]);
  const refreshes: boolean[] = [];
  let token = "old";
  const credentials: Credentials = {
    headers: ({ refresh = false } = {}) => {
      refreshes.push(refresh);
      if (refresh) token = "new";
      return Promise.resolve({ authorization: `Bearer ${token}` });
    },
  };
  await using transport = createTransport({ server, credentials }, { fetch });
  await transport.request(post);
  assertEquals(calls.length, 2);
  assertEquals(refreshes.filter((refresh) => refresh).length, 1);
  assert(
    new Headers(calls[1]?.init.headers).get("authorization")?.endsWith("new"),
  );
});

Deno.test("request() gives up after a 401 when nothing has changed (F19)", async () => {
  for (const credentials of [undefined, bearerToken("abc")]) {
    const { fetch, calls } = scripted([refused(401)]);
    await using transport = createTransport({ server, credentials }, { fetch });
    const { code } = await assertRejects(
      () => transport.request(get),
      ApiError,
    );
    assertEquals([code, calls.length], [401, 1]);
  }
});

Deno.test("request() needs no refresh when another request has done it (F19)", async () => {
  const { fetch } = scripted([refused(401), ok()]);
  let calls = 0;
  const credentials: Credentials = {
    headers: ({ refresh = false } = {}) => {
      assertEquals(refresh, false);
      return Promise.resolve({ authorization: `Bearer ${++calls}` });
    },
  };
  await using transport = createTransport({ server, credentials }, { fetch });
  await transport.request(get);
});

Deno.test("request() ends when its time is up, and has a new pool after two (F05)", async () => {
  const clock = new FakeClock();
  const pools: (Deno.HttpClient | undefined)[] = [];
  const hanging: Fetch = (_url, { client, signal }) => {
    pools.push(client);
    return new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason))
    );
  };
  await using transport = createTransport({ server }, {
    fetch: hanging,
    clock,
  });
  for (let i = 0; i < 3; i++) {
    const failure = assertRejects(
      () => transport.request({ ...get, timeout: 5_000 }),
      ConnectionError,
      "no complete answer within 5000 ms",
    );
    await clock.advance(5_000);
    assertEquals((await failure).kind, "timeout");
  }
  assertStrictEquals(pools[0], pools[1]);
  assert(pools[1] !== pools[2]);
  assertEquals(clock.pending, 0);
});

Deno.test("request() lets a list take its time that gets on, and nothing else (F18)", async () => {
  const cases = [
    ["GET", "request", true],
    ["GET", "lease", false],
    ["PATCH", "request", false],
  ] as const;
  for (const [method, lane, isPatient] of cases) {
    const clock = new FakeClock();
    const { readable, writable } = new TransformStream<Uint8Array>();
    const fetch: Fetch = () => Promise.resolve(new Response(readable));
    await using transport = createTransport({ server }, { fetch, clock });
    const request = transport.request({ ...get, method, lane, timeout: 10 })
      .catch((error) => error);
    const writer = writable.getWriter();
    for (let part = 0; part < 5; part++) {
      await clock.advance(9);
      await writer.write(new TextEncoder().encode("x")).catch(() => {});
    }
    await writer.close().catch(() => {});
    const answer = await request;
    if (isPatient) assertEquals(answer.text, "xxxxx");
    else assertEquals(answer.kind, "timeout");
    await writable.abort().catch(() => {});
  }
});

Deno.test("request() counts timeouts in a row only", async () => {
  const clock = new FakeClock();
  const pools: (Deno.HttpClient | undefined)[] = [];
  const fetch: Fetch = (_url, { client, signal }) => {
    pools.push(client);
    return pools.length % 2 === 0
      ? Promise.resolve(new Response("ok"))
      : new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason))
      );
  };
  await using transport = createTransport({ server }, { fetch, clock });
  for (let i = 0; i < 3; i++) {
    const failure = assertRejects(
      () => transport.request(get),
      ConnectionError,
    );
    await clock.advance(30_000);
    await failure;
    await transport.request(get);
  }
  assertEquals(new Set(pools).size, 1);
});

Deno.test("request() and stream() have a pool for each lane", async () => {
  const { fetch, calls } = scripted([ok(), ok(), ok(), ok()]);
  await using transport = createTransport({ server }, { fetch });
  await transport.request(get);
  await transport.request({ ...get, lane: "request" });
  await transport.request({ ...get, lane: "lease" });
  await (await transport.stream(get)).cancel();
  const pools = calls.map(({ init }) => init.client);
  assertStrictEquals(pools[0], pools[1]);
  assertEquals(new Set(pools).size, 3);
});
