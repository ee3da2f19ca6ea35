import { assertEquals, assertThrows } from "@std/assert";
import {
  type WebhookDelivery,
  WebhookReceiver,
  type WebhookReceiverOptions,
} from "@koprs/koprs/external";
import { start } from "@koprs/koprs/core";
import { FakeClock } from "@koprs/koprs/testing";

const secret = "It's a Secret to Everybody";

/** The example that GitHub publishes for its signatures. */
const greeting = "Hello, World!";
const signed =
  "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

async function sign(body: string, key = secret): Promise<string> {
  const bytes = new TextEncoder();
  const imported = await crypto.subtle.importKey(
    "raw",
    bytes.encode(key),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign(
    "HMAC",
    imported,
    bytes.encode(body),
  );
  return `sha256=${new Uint8Array(signature).toHex()}`;
}

/** A receiver that somebody listens to, and what it has received. */
function listening(
  options: Partial<WebhookReceiverOptions<unknown>> = {},
): {
  readonly receiver: WebhookReceiver;
  readonly received: string[];
} & AsyncDisposable {
  const receiver = new WebhookReceiver({ secrets: [secret], ...options });
  const stop = new AbortController();
  const received: string[] = [];
  const reading = (async () => {
    for await (const { type, key, object } of receiver.events(stop)) {
      received.push(`${type} ${key} ${JSON.stringify(object)}`);
    }
  })();
  return {
    receiver,
    received,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await reading;
    },
  };
}

/** A turn of the event loop: by then every promise that can settle has. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function post(
  body: string,
  headers: Record<string, string> = {},
): Promise<Request> {
  return new Request("http://localhost/deploys?x", {
    method: "POST",
    body,
    headers: { "x-hub-signature-256": await sign(body), ...headers },
  });
}

Deno.test("WebhookReceiver takes GitHub's own example of a signature", async () => {
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  await using world = listening({ decode });
  const headers = { "x-hub-signature-256": signed };
  const { status } = await world.receiver.handle(await post(greeting, headers));
  assertEquals(status, 202);
  await turn();
  assertEquals(world.received, ['modified /deploys "Hello, World!"']);
});

Deno.test("WebhookReceiver refuses what is unsigned, forged or changed", async () => {
  await using world = listening();
  const good = await sign("1");
  const cases: readonly Record<string, string>[] = [
    { "x-hub-signature-256": "" },
    { "x-hub-signature-256": good.slice(0, -1) },
    { "x-hub-signature-256": good.slice(0, -2) },
    { "x-hub-signature-256": good.replace("sha256", "sha1") },
    { "x-hub-signature-256": await sign("1", "other") },
    { "x-hub-signature-256": await sign("2") },
    { "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
    { "x-hub-signature-256": "sha256=zz" },
  ];
  for (const headers of cases) {
    const response = await world.receiver.handle(await post("1", headers));
    assertEquals(response.status, 401);
    await response.body?.cancel();
  }
  await turn();
  assertEquals(world.received, []);
});

Deno.test("WebhookReceiver takes two secrets while one replaces the other, and asks for them each time", async () => {
  let secrets = ["old", secret];
  await using world = listening({ secrets: () => Promise.resolve(secrets) });
  assertEquals((await world.receiver.handle(await post("1"))).status, 202);
  secrets = ["old"];
  assertEquals((await world.receiver.handle(await post("2"))).status, 401);
  secrets = [];
  assertEquals((await world.receiver.handle(await post("3"))).status, 500);
  secrets = [""];
  assertEquals((await world.receiver.handle(await post("4"))).status, 500);
});

Deno.test("WebhookReceiver takes other headers and encodings of a signature", async () => {
  const hex = (await sign("1")).slice(7);
  await using world = listening({
    signature: { header: "x-signature", prefix: "v1,", encoding: "base64" },
  });
  const base64 = Uint8Array.fromHex(hex).toBase64();
  const headers = { "x-signature": `v1,${base64}`, "x-hub-signature-256": "" };
  const { status } = await world.receiver.handle(await post("1", headers));
  assertEquals(status, 202);
});

Deno.test("WebhookReceiver says what is wrong with a request", async () => {
  await using world = listening({ maxBytes: 10 });
  const { receiver } = world;
  const get = new Request("http://localhost/", { method: "GET" });
  const cases: readonly (readonly [Request, number])[] = [
    [get, 405],
    [await post("12345678901"), 413],
    [await post("1", { "content-encoding": "gzip" }), 415],
    [await post("{"), 400],
    [await post("1234567890"), 202],
  ];
  for (const [request, expected] of cases) {
    const response = await receiver.handle(request);
    assertEquals(response.status, expected);
    assertEquals(
      response.headers.get("allow"),
      expected === 405 ? "POST" : null,
    );
    await response.body?.cancel();
  }
  await turn();
  assertEquals(world.received.length, 1);
});

Deno.test("WebhookReceiver answers 408 to a body that stalls", async () => {
  const clock = new FakeClock();
  await using world = listening({ clock });
  const answer = world.receiver.handle(
    new Request("http://localhost/", {
      method: "POST",
      body: new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array([49])),
      }),
    }),
  );
  await clock.advance(10_000);
  const { status, body } = await answer;
  assertEquals(status, 408);
  await body?.cancel();
  assertEquals(clock.pending, 0);
});

Deno.test("WebhookReceiver asks to come again when nobody listens, or too much waits", async () => {
  const nobody = new WebhookReceiver({ secrets: [secret] });
  const lonely = await nobody.handle(await post("1"));
  assertEquals([lonely.status, lonely.headers.get("retry-after")], [503, "10"]);
  await lonely.body?.cancel();

  let keys = 0;
  const busy = new WebhookReceiver({
    secrets: [secret],
    maxWaiting: 2,
    toEvents: ({ body }: WebhookDelivery<unknown>) => [
      { type: "modified", key: `${keys++}`, object: body },
    ],
  });
  const stop = new AbortController();
  const events = busy.events(stop);
  const first = events.next();
  const statuses: number[] = [];
  for (let request = 0; request < 4; request++) {
    const response = await busy.handle(await post("1"));
    statuses.push(response.status);
    await response.body?.cancel();
  }
  assertEquals((await first).value?.key, "0");
  assertEquals(statuses, [202, 202, 202, 503]);
  stop.abort();
  await events.return?.();
});

Deno.test("WebhookReceiver serves until it is stopped", async () => {
  await using world = listening({ port: 0, hostname: "127.0.0.1" });
  const { receiver } = world;
  {
    await using running = start(receiver);
    await running.ready;
    const url = `http://127.0.0.1:${receiver.address?.port}/deploys`;
    const body = '{"version":7}';
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "x-hub-signature-256": await sign(body) },
    });
    await response.body?.cancel();
    assertEquals(response.status, 202);
    await turn();
    assertEquals(world.received, ['modified /deploys {"version":7}']);
  }
  assertEquals([receiver.ready(), receiver.address], [false, undefined]);
});

Deno.test("WebhookReceiver throws when there is no secret", () => {
  for (const secrets of [[], [""], ["a", ""]]) {
    assertThrows(
      () => new WebhookReceiver({ secrets }),
      TypeError,
      'Cannot make webhook receiver "webhook": it needs a secret',
    );
  }
});
