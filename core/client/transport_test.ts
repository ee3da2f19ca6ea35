import {
  assertEquals,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ok, refused, scripted } from "../../tests/scripted_fetch.ts";
import { ApiError } from "./api_error.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError } from "./connection_error.ts";
import { bearerToken } from "./credentials.ts";
import type { Fetch, SentRequest } from "./http_request.ts";
import { createTransport } from "./transport.ts";

const server = "https://10.0.0.1:6443/prefix";
const get = { method: "GET", path: "/version" } as const;
const post = { method: "POST", path: "/api", body: "{}" } as const;

Deno.test("request() sends what a request needs", async () => {
  const { fetch, calls } = scripted([ok()]);
  await using transport = createTransport({
    server,
    credentials: bearerToken("abc"),
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

Deno.test("request() waits for a server that stops or starts, as long as it says (F09, F10)", async () => {
  const clock = new FakeClock();
  const stopping = "The apiserver is shutting down, please try again later.";
  const starting = {
    kind: "Status",
    status: "Failure",
    code: 503,
    details: { retryAfterSeconds: 5 },
  };
  const { fetch, calls } = scripted([
    () =>
      Promise.resolve(
        new Response(stopping, {
          status: 429,
          headers: { "retry-after": "5", connection: "close" },
        }),
      ),
    () => Promise.resolve(Response.json(starting, { status: 503 })),
    ok(),
  ]);
  await using transport = createTransport({ server }, { fetch, clock });
  const answer = transport.request(post);
  for (const expected of [1, 2]) {
    await clock.advance(4_999);
    assertEquals(calls.length, expected);
    await clock.advance(1);
  }
  assertEquals((await answer).text, "ok");
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

Deno.test("createTransport() sends credentials over plain http to this machine alone", async () => {
  const credentials = bearerToken("canary");
  for (const server of ["http://10.0.0.1", "http://localhost.test:8001"]) {
    assertThrows(
      () => createTransport({ server, credentials }),
      ConfigError,
      `Cannot use ${server}: credentials would go over plain http`,
    );
    await using _anonymous = createTransport({ server });
  }
  for (const server of ["http://127.0.0.1:8001", "http://[::1]:8001"]) {
    await using _local = createTransport({ server, credentials });
  }
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
