import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { basicAuth, bearerToken, tokenFile } from "@koprs/koprs/core";
import {
  bytesBody,
  httpPoller,
  jsonBody,
  PollError,
  textBody,
} from "@koprs/koprs/external";
import * as z from "zod";
import { localPoller, Origin, take } from "./external/origin.ts";

Deno.test("X: httpPoller() is named after its URL, without the query, or as told", () => {
  // The original logs the whole URL, tokens included; corrected.
  const url = "https://me.example.com/v1.json?token=secret#part";
  assertEquals(httpPoller(url).name, "https://me.example.com/v1.json");
  assertEquals(httpPoller(url, { name: "flags" }).name, "flags");
});

Deno.test("X: httpPoller() tells the first 200 as added, with status, body and ETag", async () => {
  await using origin = new Origin(() =>
    Response.json({ color: "blue" }, {
      headers: {
        etag: '"1"',
        "last-modified": "Wed, 21 Oct 2015 07:28:00 GMT",
      },
    })
  );
  const [event] = await take(localPoller(`${origin.url}/flags?x=1`));
  assertEquals(event, {
    type: "added",
    key: `${origin.url}/flags`,
    object: {
      url: `${origin.url}/flags`,
      status: 200,
      etag: '"1"',
      lastModified: "Wed, 21 Oct 2015 07:28:00 GMT",
      contentType: "application/json",
      body: { color: "blue" },
    },
  });
});

Deno.test("X: httpPoller() tells nothing on 404 of what it has not seen", async () => {
  await using origin = new Origin(() => new Response(null, { status: 404 }));
  assertEquals(await take(localPoller(origin.url)), []);
});

Deno.test("X: httpPoller() tells a changed body as modified, an equal one not at all", async () => {
  // The original tells every 200 as modified; corrected.
  await using origin = new Origin((_request, index) =>
    Response.json({ version: index < 2 ? 1 : 2 })
  );
  const poller = localPoller(origin.url);
  const events = [
    await take(poller),
    await take(poller),
    await take(poller),
    await take(poller),
  ].flat();
  assertEquals(
    events.map(({ type, object }) => [type, object.body]),
    [["added", { version: 1 }], ["modified", { version: 2 }]],
  );
});

Deno.test("X: httpPoller() tells nothing on 304, and sends ETag or date, never both", async () => {
  const headers = [
    {
      etag: 'W/"1"',
      "last-modified": "Wed, 21 Oct 2015 07:28:00 GMT",
      date: "Wed, 21 Oct 2015 07:28:05 GMT",
    },
    {
      "last-modified": "Wed, 21 Oct 2015 07:28:00 GMT",
      date: "Wed, 21 Oct 2015 07:28:05 GMT",
    },
  ];
  const expected = [
    ['W/"1"', null],
    [null, "Wed, 21 Oct 2015 07:28:00 GMT"],
  ];
  for (const [index, given] of headers.entries()) {
    await using origin = new Origin((request) =>
      request.headers.has("if-none-match") ||
        request.headers.has("if-modified-since")
        ? new Response(null, { status: 304 })
        : new Response("1", { headers: given })
    );
    const poller = localPoller(origin.url);
    assertEquals((await take(poller)).length, 1);
    assertEquals(await take(poller), []);
    const last = origin.requests.at(-1);
    assertEquals(
      [last?.get("if-none-match"), last?.get("if-modified-since")],
      expected[index],
    );
  }
});

Deno.test("X: httpPoller() tells a document that is gone once, as it was", async () => {
  // The original tells an empty body with status 404; here it is the last one.
  for (const status of [404, 410]) { // 410 is an error in the original
    await using origin = new Origin((_request, index) =>
      index === 0 ? new Response("7") : new Response(null, { status })
    );
    const poller = localPoller(origin.url);
    await take(poller);
    const [removed] = await take(poller);
    assertEquals([removed?.type, removed?.object.body], ["removed", 7]);
    assertEquals(await take(poller), []);
    origin.answer = () => new Response("7");
    assertEquals((await take(poller))[0]?.type, "added");
    assertEquals(origin.requests.at(-1)?.has("if-none-match"), false);
  }
});

Deno.test("X: httpPoller() sends tokens and headers", async () => {
  await using origin = new Origin();
  const headers = { "x-tenant": "a" };
  const cases = [
    { credentials: bearerToken("abc"), expected: "Bearer abc" },
    { credentials: basicAuth("me", "pw"), expected: "Basic bWU6cHc=" },
  ];
  for (const { credentials, expected } of cases) {
    await take(localPoller(origin.url, { credentials, headers }));
    const sent = origin.requests.at(-1);
    assertEquals(sent?.get("authorization"), expected);
    assertEquals(sent?.get("x-tenant"), "a");
  }
});

Deno.test("X: PollError has a text, a code and a wait", () => {
  const error = new PollError("Cannot poll", { code: 503, retryAfter: 1_000 });
  assertEquals(`${error}`, "PollError: Cannot poll");
  assertEquals([error.code, error.retryAfter], [503, 1_000]);
});

Deno.test("httpPoller() follows a token in a file that rotates, and asks again after 401", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "old");
  await using origin = new Origin(({ headers }) =>
    headers.get("authorization") === "Bearer new"
      ? new Response("1")
      : new Response(null, { status: 401 })
  );
  const poller = localPoller(origin.url, { credentials: tokenFile(path) });
  const error = await assertRejects(() => take(poller), PollError);
  assertEquals(error.code, 401);
  assertEquals(origin.requests.length, 1); // nothing else to offer
  await Deno.writeTextFile(path, "new");
  assertEquals((await take(poller))[0]?.type, "added");
  assertEquals(origin.requests.length, 3);
  await Deno.remove(path);
});

Deno.test("httpPoller() reads JSON, text and bytes, and validates", async () => {
  await using origin = new Origin(() => Response.json({ color: "blue" }));
  const text = '{"color":"blue"}';
  const bodies = [
    await take(localPoller(origin.url)),
    await take(localPoller(origin.url, { decode: textBody })),
    await take(localPoller(origin.url, { decode: bytesBody })),
    await take(localPoller(origin.url, {
      decode: jsonBody(z.object({ color: z.string().toUpperCase() })),
    })),
  ].map(([event]) => event?.object.body);
  assertEquals(bodies, [
    { color: "blue" },
    text,
    new TextEncoder().encode(text),
    { color: "BLUE" },
  ]);
});

Deno.test("httpPoller() keeps what was known when a new body is unfit", async () => {
  const decode = jsonBody(z.object({ flags: z.object({ a: z.boolean() }) }));
  const bodies = [
    { body: '{"flags":{"a":true}}', error: undefined },
    { body: '{"flags":{"a":"secret"}}', error: 'its schema at "flags.a"' },
    { body: "secret", error: "it is no JSON" },
    { body: new Uint8Array([0xff]), error: "it is no JSON" },
    { body: '{"flags":{"a":true}}', error: undefined },
  ];
  await using origin = new Origin((_request, index) =>
    new Response(bodies[index]?.body ?? null)
  );
  const poller = localPoller(origin.url, { decode });
  for (const [index, { error }] of bodies.entries()) {
    if (error === undefined) {
      assertEquals((await take(poller)).length, index === 0 ? 1 : 0);
    } else {
      const thrown = await assertRejects(() => take(poller), PollError, error);
      assert(!thrown.message.includes("secret"));
    }
  }
});

Deno.test("httpPoller() throws when it is made of nonsense, and quotes no value", () => {
  assertThrows(() => httpPoller("secret"), TypeError, "its URL is none");
  const url = "https://example.com/";
  for (const headers of [{ "x-key": "secret\nx" }, { "x key": "secret" }]) {
    const error = assertThrows(() => httpPoller(url, { headers }), TypeError);
    assert(!error.message.includes("secret"), error.message);
  }
  assertThrows(
    () => httpPoller(url, { addresses: { allow: ["https://example.com"] } }),
    TypeError,
    "is no host name, address or network",
  );
  assertThrows(() =>
    httpPoller(url, { tls: { cert: "secret", key: "secret" } })
  );
});

Deno.test("F165: httpPoller() tells events again that were not taken", async () => {
  let body = "1";
  await using origin = new Origin(() =>
    body === ""
      ? new Response(null, { status: 404 })
      : new Response(body, { headers: { etag: `"${body}"` } })
  );
  const poller = localPoller(origin.url);
  const { signal } = new AbortController();
  const steps = [["1", "added"], ["2", "modified"], ["", "removed"]] as const;
  for (const [next, type] of steps) {
    body = next;
    for (let time = 0; time < 2; time++) {
      const events = await poller.poll({ signal });
      assertEquals(events.map((event) => event.type), [type]);
    }
    assertEquals((await take(poller)).map((event) => event.type), [type]);
    assertEquals(await take(poller), []);
  }
});
