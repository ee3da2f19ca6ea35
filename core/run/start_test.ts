import { assertEquals, assertRejects } from "@std/assert";
import type { Runnable } from "./runnable.ts";
import { start } from "./start.ts";

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}

Deno.test("start() is ready when the runnable is", async () => {
  let ready = false;
  await using running = start({
    run: ({ signal }) => untilAborted(signal),
    ready: () => ready,
  });
  let seen = false;
  const awaiting = running.ready.then(() => seen = true);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(seen, false);
  ready = true;
  await awaiting;
});

Deno.test("start() is ready when the runnable is done", async () => {
  await using running = start({ run: async () => {}, ready: () => false });
  await running.ready;
});

Deno.test("start() passes a failure on before it is ready", async () => {
  const failing: Runnable = {
    run: () => Promise.reject(new TypeError("no")),
    ready: () => false,
  };
  const running = start(failing);
  await assertRejects(() => running.ready, TypeError, "no");
  await assertRejects(() => running[Symbol.asyncDispose](), TypeError, "no");
});

Deno.test("start() throws a later failure on dispose", async () => {
  const running = start({
    run: () => {
      throw new TypeError("no");
    },
  });
  await running.ready;
  await assertRejects(() => running[Symbol.asyncDispose](), TypeError, "no");
});

Deno.test("start() waits for clean-up on dispose", async () => {
  const log: string[] = [];
  const running = start({
    async run({ signal }) {
      await untilAborted(signal);
      await Promise.resolve();
      log.push("cleaned up");
    },
  });
  await running[Symbol.asyncDispose]();
  assertEquals(log, ["cleaned up"]);
});

Deno.test("start() rejects ready when disposed before", async () => {
  const running = start({
    run: ({ signal }) => untilAborted(signal),
    ready: () => false,
  });
  await running[Symbol.asyncDispose]();
  await assertRejects(() => running.ready, DOMException, "aborted");
});
