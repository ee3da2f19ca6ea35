import { assert, assertEquals } from "@std/assert";
import {
  configure,
  getConfig,
  getJsonLinesFormatter,
  type LogRecord,
  reset,
} from "@logtape/logtape";
import { bearerToken } from "@koprs/koprs/core";
import {
  type HttpDocument,
  jsonBody,
  objectContentPoller,
  poll,
  type Poller,
  WebhookReceiver,
} from "@koprs/koprs/external";
import { azureStore } from "@koprs/koprs/external/azure";
import { gcsStore } from "@koprs/koprs/external/gcs";
import { s3Store } from "@koprs/koprs/external/s3";
import { FakeClock } from "@koprs/koprs/testing";
import * as z from "zod";
import { localPoller, Origin } from "./external/origin.ts";
import { listing, refusal, S3Server } from "./external/s3_server.ts";
import { RawServer, send } from "./raw_server.ts";

const canary = "canary-5f2b8c1d-9e7a4f60";
const forms = [
  "5f2b8c1d",
  btoa(canary),
  btoa(`me:${canary}`),
  new TextEncoder().encode(canary).toHex(),
];

const text = getJsonLinesFormatter();

/** Everything that the body logs, with the text of all errors. */
async function logsOf(body: () => Promise<void>): Promise<string> {
  assertEquals(getConfig(), null);
  const records: LogRecord[] = [];
  await configure({
    sinks: { memory: (record) => void records.push(record) },
    loggers: [
      { category: [], sinks: ["memory"], lowestLevel: "trace" },
      { category: ["logtape", "meta"], lowestLevel: "fatal" },
    ],
  });
  try {
    await body();
  } finally {
    await reset();
  }
  return records.map((record) =>
    text(record) + Deno.inspect(record.properties, { depth: 10 })
  ).join("\n");
}

/** Polls a few times, and expects every poll to fail without the secret. */
async function expectNoSecret(
  poller: Poller<unknown>,
  { fails = true }: { readonly fails?: boolean } = {},
): Promise<void> {
  const clock = new FakeClock();
  const stop = new AbortController();
  const errors: unknown[] = [];
  const logged = await logsOf(async () => {
    let polls = 0;
    const options = {
      clock,
      interval: 1_000,
      signal: stop.signal,
      onPoll: ({ error }: { readonly error: unknown }) => {
        if (error !== undefined) errors.push(error);
        if (++polls === 2) stop.abort();
      },
    };
    const polling = (async () => {
      for await (const { key } of poll(poller, options)) {
        assert(!key.includes(canary));
      }
    })();
    while (!stop.signal.aborted) await clock.advance(1_000);
    await polling;
  });
  assertEquals(errors.length, fails ? 2 : 0, poller.name);
  const shown = [poller.name, logged, Deno.inspect(errors, { depth: 10 })]
    .join("\n");
  for (const form of forms) {
    assert(!shown.includes(form), `${form} in ${shown}`);
  }
}

const options = {
  credentials: bearerToken(canary),
  headers: { "x-api-key": canary },
} as const;
const query = `/flags.json?token=${canary}#${canary}`;

Deno.test("httpPoller() keeps tokens, queries and bodies out of logs and errors when the server misbehaves", async () => {
  const answers = [
    "",
    "nonsense\r\n\r\n",
    `HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n${canary}`,
    `HTTP/1.1 ${canary}\r\n\r\n`,
  ];
  for (const answer of answers) {
    await using server = new RawServer(async (connection) => {
      await send(connection, answer);
      return true;
    });
    await expectNoSecret(localPoller(`${server.url}${query}`, options));
  }
});

Deno.test("httpPoller() keeps secrets out of logs and errors whatever the answer", async () => {
  const redirect = (location: string) =>
    new Response(null, { status: 302, headers: { location } });
  const answers: readonly (() => Response)[] = [
    ...[400, 401, 403, 418, 429, 500, 503].map((status) => () =>
      new Response(canary, { status, headers: { "retry-after": canary } })
    ),
    () => new Response(canary),
    () => new Response(`{"${canary}`),
    () => Response.json({ color: canary }),
    () => new Response(`"${canary}${"x".repeat(2_000)}"`),
    () => redirect(`https://10.0.0.1/${canary}?${canary}`),
    () => redirect(`https://me:${canary}@10.0.0.1/`),
    () => redirect(`http://${canary} /`),
    () => redirect(`ftp://10.0.0.1/${canary}`),
    () => redirect(`/?${canary}`),
  ];
  const decode = jsonBody(z.object({ color: z.literal("blue") }));
  for (const answer of answers) {
    await using origin = new Origin(answer);
    await expectNoSecret(
      localPoller(`${origin.url}${query}`, {
        ...options,
        decode,
        maxBytes: 1_000,
      }),
    );
  }
});

Deno.test("httpPoller() keeps secrets out of logs and errors when no server is reached", async () => {
  const urls = [
    `http://127.0.0.1:9${query}`,
    `https://10.0.0.1${query}`,
    `https://me:${canary}@example.com${query}`,
    `http://example.com${query}`,
    `ftp://example.com${query}`,
  ];
  for (const url of urls) await expectNoSecret(localPoller(url, options));
});

Deno.test("httpPoller() keeps what it finds out of logs", async () => {
  await using origin = new Origin(() => Response.json({ color: canary }));
  const poller: Poller<HttpDocument<unknown>> = localPoller(
    `${origin.url}${query}`,
    options,
  );
  await expectNoSecret(poller, { fails: false });
});

Deno.test("object stores keep keys, signatures and answers out of logs and errors", async () => {
  await using server = new S3Server(() => refusal("InvalidAccessKeyId", 403));
  const decode = jsonBody(z.object({}));
  using s3 = s3Store("flags", {
    endpoint: server.url,
    maxAttempts: 1,
    credentials: {
      accessKeyId: canary,
      secretAccessKey: canary,
      sessionToken: canary,
    },
  });
  await expectNoSecret(objectContentPoller(s3, { decode }));
  server.answer = (_query, index) =>
    index % 2 === 0 ? listing({ keys: ["a"] }) : new Response(canary);
  await expectNoSecret(objectContentPoller(s3, { decode }), { fails: false });
  await using origin = new Origin(() =>
    new Response(`{"error":{"code":403,"message":"${canary}"}}`, {
      status: 403,
      headers: { "content-type": "application/json" },
    })
  );
  const { port } = new URL(origin.url);
  const azure = azureStore(
    `http://127.0.0.1:${port}/me/flags?sv=2025-01-01&sig=${canary}`,
    { maxAttempts: 1 },
  );
  await expectNoSecret(objectContentPoller(azure, { decode }));
  const gcs = gcsStore("flags", {
    endpoint: `http://127.0.0.1:${port}`,
    maxRetries: 0,
  });
  await expectNoSecret(objectContentPoller(gcs, { decode }));
});

Deno.test("WebhookReceiver keeps secrets and bodies out of logs and answers", async () => {
  const receiver = new WebhookReceiver({ secrets: [canary] });
  const logged = await logsOf(async () => {
    for (const headers of [{}, { "x-hub-signature-256": `sha256=${canary}` }]) {
      const response = await receiver.handle(
        new Request(`http://localhost/?${canary}`, {
          method: "POST",
          headers,
          body: canary,
        }),
      );
      assertEquals(response.status, 401);
      const answer = await response.text();
      for (const form of forms) assert(!answer.includes(form), answer);
    }
  });
  assert(logged.includes("Webhook refused"));
  for (const form of forms) assert(!logged.includes(form), logged);
});
