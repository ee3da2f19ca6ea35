import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ApiError } from "./api_error.ts";
import type { Credentials } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError } from "./connection_error.ts";
import type { Fetch, SentRequest } from "./http_request.ts";
import { createTransport } from "./transport.ts";

const server = "https://10.0.0.1:6443/prefix";
const get = { method: "GET", path: "/version" } as const;
const post = { method: "POST", path: "/api", body: "{}" } as const;

Deno.test("request() sends what a request needs", async () => {
  const { fetch, calls } = scripted([ok()]);
  await using transport = createTransport({
    server,
    credentials: fixed("abc"),
    impersonate: { user: "jane", groups: ["a", "b"], extra: { "X/y": ["1"] } },
  }, { fetch, userAgent: "test" });
  const { status, text } = await transport.request({
    ...post,
    query: { force: true },
    contentType: "application/apply-patch+yaml",
    accept: "application/json;as=PartialObjectMetadata",
  });
  assertEquals([status, text], [200, "ok"]);
  const [call] = calls;
  assertEquals(call?.url, `${server}/api?force=true`);
  assertEquals(call?.init.redirect, "manual");
  assertEquals(call?.init.headers, [
    ["accept", "application/json;as=PartialObjectMetadata"],
    ["user-agent", "test"],
    ["impersonate-user", "jane"],
    ["impersonate-group", "a"],
    ["impersonate-group", "b"],
    ["impersonate-extra-x%2Fy", "1"],
    ["authorization", "Bearer abc"],
    ["content-type", "application/apply-patch+yaml"],
  ]);
});

Deno.test("request() waits as long as the server asks (F11)", async () => {
  const clock = new FakeClock();
  const { fetch, calls } = scripted([
    refused(429, { "retry-after": "1" }),
    refused(503, { "retry-after": "Wed, 01 Jan 2025 00:00:03 GMT" }),
    refused(429, { "retry-after": "86400" }),
    ok(),
  ]);
  await using transport = createTransport({ server }, { fetch, clock });
  const answer = transport.request(post);
  for (
    const [ms, expected] of [[999, 1], [1, 2], [1_999, 2], [1, 3]] as const
  ) {
    await clock.advance(ms);
    assertEquals(calls.length, expected);
  }
  await clock.advance(59_999);
  assertEquals(calls.length, 3);
  await clock.advance(1);
  assertEquals((await answer).text, "ok");
  assertEquals(clock.pending, 0);
});

Deno.test("request() stops waiting when its caller aborts", async () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  const { fetch } = scripted([refused(429, { "retry-after": "10" })]);
  await using transport = createTransport({ server }, { fetch, clock });
  const reason = new Error("enough");
  const answer = assertRejects(() =>
    transport.request({ ...get, signal: controller.signal })
  );
  await clock.advance(1);
  controller.abort(reason);
  assertStrictEquals(await answer, reason);
  assertEquals(clock.pending, 0);
});

Deno.test("request() leaves other refusals to its caller, after one try (F12, F13, F29, F30)", async () => {
  for (
    const code of [
      302,
      400,
      404,
      405,
      406,
      409,
      413,
      415,
      422,
      429,
      500,
      502,
      503,
      504,
    ]
  ) {
    const { fetch, calls } = scripted([refused(code)]);
    await using transport = createTransport({ server }, { fetch });
    const error = await assertRejects(() => transport.request(get), ApiError);
    assertEquals([error.code, calls.length], [code, 1]);
  }
});

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
  for (const credentials of [undefined, fixed("abc")]) {
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

Deno.test("request() tells how each try went", async () => {
  const clock = new FakeClock();
  const sent: SentRequest[] = [];
  const { fetch } = scripted([
    refused(429, { "retry-after": "0" }),
    () => Promise.reject(new TypeError("fetch failed")),
  ]);
  await using transport = createTransport({ server }, {
    fetch,
    clock,
    onRequest: (one) => sent.push(one),
  });
  const failure = assertRejects(
    () => transport.request({ ...get, lane: "lease" }),
    ConnectionError,
  );
  await clock.advance(0);
  await failure;
  assertEquals(sent, [
    { method: "GET", code: 429, duration: 0, lane: "lease" },
    { method: "GET", code: "<error>", duration: 0, lane: "lease" },
  ]);
});

Deno.test("request() leaves no listener on the signal of its caller", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(signal, args);
    },
    removeEventListener: (...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(signal, args);
    },
  });
  const { fetch } = scripted([ok(), refused(404), ok()]);
  await using transport = createTransport({ server }, { fetch });
  await transport.request({ ...get, signal });
  await assertRejects(() => transport.request({ ...get, signal }));
  await new Response(await transport.stream({ ...get, signal })).text();
  assertEquals(listeners, 0);
});

Deno.test("request() refuses after disposal and ends what is under way", async () => {
  const hanging: Fetch = (_url, { signal }) =>
    new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason))
    );
  const transport = createTransport({ server }, { fetch: hanging });
  const failure = assertRejects(
    () => transport.request(get),
    ConnectionError,
    "the client is closed",
  );
  await Promise.resolve();
  await transport[Symbol.asyncDispose]();
  await failure;
  await assertRejects(() => transport.request(get), ConnectionError, "closed");
});

Deno.test("createTransport() refuses a server that is no URL", () => {
  for (const server of ["", "10.0.0.1:6443", "ftp://host", "canary"]) {
    assertThrows(
      () => createTransport({ server, source: 'context "dev"' }),
      ConfigError,
      'Cannot use the server of context "dev"',
    );
  }
});

function fixed(token: string): Credentials {
  const headers = { authorization: `Bearer ${token}` };
  return { headers: () => Promise.resolve(headers) };
}

type Answer = () => Promise<Response>;

function ok(): Answer {
  return () => Promise.resolve(new Response("ok"));
}

function refused(status: number, headers: Record<string, string> = {}): Answer {
  return () => Promise.resolve(new Response("no", { status, headers }));
}

/** Gives the answers in order, and notes what was asked. */
function scripted(answers: readonly Answer[]): {
  fetch: Fetch;
  calls: { url: string; init: Parameters<Fetch>[1] }[];
} {
  const calls: { url: string; init: Parameters<Fetch>[1] }[] = [];
  const fetch: Fetch = (url, init) => {
    calls.push({ url, init });
    return answers[calls.length - 1]?.() ??
      Promise.reject(new Error("asked too often"));
  };
  return { fetch, calls };
}
