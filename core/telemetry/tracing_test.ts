import { assertEquals, assertRejects } from "@std/assert";
import { trace } from "@opentelemetry/api";
import { withSpan } from "./tracing.ts";

/** Records what is done to spans, as an SDK would. */
function recordSpans(): { readonly log: unknown[] } & Disposable {
  const log: unknown[] = [];
  const span = {
    setAttribute: (name: string, value: unknown) => log.push([name, value]),
    recordException: (error: Error) => log.push(["exception", error.message]),
    setStatus: ({ code }: { code: number }) => log.push(["status", code]),
    end: () => log.push("end"),
  };
  const tracer = {
    startActiveSpan(
      name: string,
      options: unknown,
      run: (span: unknown) => unknown,
    ): unknown {
      log.push([name, options]);
      return run(span);
    },
  };
  // Only what withSpan() uses of a provider.
  trace.setGlobalTracerProvider(
    { getTracer: () => tracer } as unknown as ReturnType<
      typeof trace.getTracerProvider
    >,
  );
  return { log, [Symbol.dispose]: () => trace.disable() };
}

Deno.test("withSpan() names the span and ends it", async () => {
  using spans = recordSpans();
  const attributes = { a: 1 };
  const result = await withSpan(
    "work",
    { attributes, kind: "client" },
    (span) => {
      span.setAttribute("b", true);
      return Promise.resolve("done");
    },
  );
  assertEquals(result, "done");
  assertEquals(spans.log, [
    ["work", { attributes, kind: 2 }],
    ["b", true],
    "end",
  ]);
});

Deno.test("withSpan() records a failure and passes it on", async () => {
  using spans = recordSpans();
  await assertRejects(
    () => withSpan("work", {}, () => Promise.reject(new TypeError("no"))),
    TypeError,
    "no",
  );
  assertEquals(spans.log.slice(1), [["exception", "no"], ["status", 2], "end"]);
});

Deno.test("withSpan() passes anything on that is thrown", async () => {
  using _spans = recordSpans();
  const thrown = { toString: null };
  const outcome = withSpan("work", {}, () => Promise.reject(thrown));
  assertEquals(await outcome.catch((error) => error), thrown);
});

Deno.test("withSpan() only runs the function without an SDK", async () => {
  assertEquals(await withSpan("work", {}, () => Promise.resolve(1)), 1);
});
