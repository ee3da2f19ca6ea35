import {
  admissionHandler,
  allow,
  anyKind,
  deny,
  type ValidatingHandler,
  validatingWebhook,
} from "@koprs/koprs/admission";
import { Deployment } from "@koprs/koprs/builtin";
import { FakeClock } from "@koprs/koprs/testing";
import { assert, assertEquals } from "@std/assert";
import { ask, deployment, post, reviewOf, UID } from "./admission_question.ts";

const open = admissionHandler([validatingWebhook(anyKind, () => allow())]);

Deno.test("F124 a body that says it is too large is 413, unread", async () => {
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller): void {
      pulled++;
      controller.enqueue(new Uint8Array(1024));
    },
  }, { highWaterMark: 0 });
  const request = new Request("http://localhost/validate", {
    method: "POST",
    headers: {
      host: "localhost", // as HTTP/1.1 has it
      "content-type": "application/json",
      "content-length": "7340033",
    },
    body,
  });
  assertEquals((await ask(open, request)).status, 413);
  assertEquals(pulled, 0);
});

Deno.test("F124 a body without length is counted, and 413 above 7 MiB", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller): void {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  }, { highWaterMark: 0 });
  const request = new Request("http://localhost/validate", {
    method: "POST",
    headers: { host: "localhost", "content-type": "application/json" },
    body: endless,
  });
  assertEquals((await ask(open, request)).status, 413);
  assert(sent <= 7 * 1024 * 1024 + 2 * 65_536, `${sent} bytes`);
});

Deno.test("F124 an update of two objects of 1.4 MiB passes", async () => {
  const data = "x".repeat(1.4 * 1024 * 1024);
  const object = { ...deployment(1), data };
  const review = reviewOf({ operation: "UPDATE", object, oldObject: object });
  const { status, response } = await ask(open, review);
  assertEquals([status, response.allowed], [200, true]);
});

Deno.test("F129 a handler that fails is 500, and says nothing about it", async () => {
  const secret = "password=hunter2";
  const handlers: readonly (() => unknown)[] = [
    () => {
      throw new Error(secret);
    },
    () => Promise.reject(new Error(secret)),
    () => {
      throw null;
    },
    () => undefined,
    () => null,
    () => true,
    () => ({ allowed: "yes" }),
    () => ({ allowed: false }),
    () => deny("no", { code: 200 }),
  ];
  for (const wrong of handlers) {
    // Types do not bind JavaScript.
    const judge = wrong as ValidatingHandler<Deployment>;
    const handler = admissionHandler([
      validatingWebhook(Deployment, judge, { path: "/validate" }),
    ]);
    const { status, text } = await ask(handler, reviewOf());
    assertEquals([status, text], [500, "The webhook failed\n"], `${wrong}`);
  }
});

Deno.test("F130 a handler that hangs is 504 before the API server gives up", async () => {
  const clock = new FakeClock();
  let seen: AbortSignal | undefined;
  const handler = admissionHandler([
    validatingWebhook(anyKind, ({ signal }) => {
      seen = signal;
      return new Promise(() => {});
    }),
  ], { clock });
  const asked = ask(handler, post("/validate?timeout=3s", reviewOf()));
  await clock.advance(2_600);
  assertEquals(seen?.aborted, false);
  await clock.advance(200);
  const { status, text } = await asked;
  assertEquals([status, text], [504, "The webhook took too long\n"]);
  assertEquals(seen?.aborted, true);
});

Deno.test("F130 without ?timeout= the timeout of the webhook counts", async () => {
  const clock = new FakeClock();
  const handler = admissionHandler([
    validatingWebhook(anyKind, () => new Promise(() => {}), { timeout: 1_000 }),
  ], { clock });
  const asked = ask(handler, reviewOf());
  await clock.advance(900);
  assertEquals((await asked).status, 504);
});

Deno.test("F132 what a validating handler changes is left out", async () => {
  const handler = admissionHandler([
    validatingWebhook(anyKind, () => {
      const patch = "W10=";
      return { ...allow(), patch, patchType: "JSONPatch", object: {} };
    }),
  ]);
  const { response } = await ask(handler, reviewOf());
  assertEquals(response, { uid: UID, allowed: true });
});

Deno.test("F136 a body that stalls is 408", async () => {
  const clock = new FakeClock();
  const handler = admissionHandler([
    validatingWebhook(anyKind, () => allow()),
  ], { clock });
  let isCancelled = false;
  const request = new Request("http://localhost/validate", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array([123])),
      cancel: () => void (isCancelled = true),
    }),
  });
  const asked = ask(handler, request);
  await clock.advance(10_000);
  assertEquals((await asked).status, 408);
  assertEquals(isCancelled, true);
});

Deno.test("F142 too many requests wait their turn, and more are 503 at once", async () => {
  const gate = Promise.withResolvers<void>();
  let most = 0;
  let running = 0;
  const handler = admissionHandler([
    validatingWebhook(anyKind, async () => {
      most = Math.max(most, ++running);
      await gate.promise;
      running--;
      return allow();
    }),
  ], { concurrency: 2 });
  const asked = Array.from({ length: 6 }, () => ask(handler, reviewOf()));
  const first = await Promise.race(asked);
  assertEquals([first.status, first.headers.get("retry-after")], [503, "1"]);
  gate.resolve();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  assertEquals(statuses.sort(), [200, 200, 200, 200, 503, 503]);
  assertEquals(most, 2);
});

Deno.test("admissionHandler() keeps no more of all large bodies than eight of them", async () => {
  const handler = admissionHandler([
    validatingWebhook(anyKind, () => allow()),
  ], { maxBodyBytes: 1_000 });
  const controllers: ReadableStreamDefaultController[] = [];
  const asked = Array.from({ length: 9 }, () =>
    ask(
      handler,
      new Request("http://localhost/validate", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: new ReadableStream({
          start: (controller) => void controllers.push(controller),
        }),
      }),
    ));
  for (const controller of controllers) controller.enqueue(new Uint8Array(999));
  assertEquals((await Promise.race(asked)).status, 503);
  for (const controller of controllers.slice(0, 8)) controller.close();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  assertEquals(statuses.sort(), [...new Array(8).fill(400), 503]);
  assertEquals((await ask(open, reviewOf())).status, 200);
});
