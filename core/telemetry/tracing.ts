import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

/** What a span can be told; OpenTelemetry's spans fit. */
export interface Span {
  /**
   * Notes what has become known.
   *
   * @param name The name, after OpenTelemetry's conventions.
   * @param value The value.
   */
  setAttribute(name: string, value: string | number | boolean): unknown;
  /**
   * Notes a moment.
   *
   * @param name What happened.
   */
  addEvent(name: string): unknown;
}

/** Options of {@linkcode withSpan}. */
export interface SpanOptions {
  /**
   * What is known at the start; names follow OpenTelemetry's conventions.
   *
   * @default none
   */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /**
   * The part this program plays: it calls, is called, or neither.
   *
   * @default "internal"
   */
  readonly kind?: "client" | "server" | "internal";
}

const SPAN_KINDS = {
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
  internal: SpanKind.INTERNAL,
};

/**
 * Runs a function inside an OpenTelemetry span.
 *
 * Without a configured OpenTelemetry SDK (or `OTEL_DENO=true`) it only runs
 * the function. A failure is recorded on the span and passed on.
 *
 * @example Trace a step
 * ```ts
 * import { withSpan } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const attributes = { "k8s.namespace.name": "default" };
 * const size = await withSpan("list", { attributes }, async (span) => {
 *   const items = await Promise.resolve(["a", "b"]);
 *   span.setAttribute("size", items.length);
 *   return items.length;
 * });
 * assertEquals(size, 2);
 * ```
 *
 * @typeParam R What the function returns.
 * @param name The name of the span; few different ones.
 * @param options Attributes and kind.
 * @param run What to do.
 * @returns What the function returned.
 */
export async function withSpan<R>(
  name: string,
  options: SpanOptions,
  run: (span: Span) => Promise<R>,
): Promise<R> {
  const { attributes = {}, kind = "internal" } = options;
  return await trace.getTracer("koprs").startActiveSpan(
    name,
    { attributes, kind: SPAN_KINDS[kind] },
    async (span) => {
      try {
        return await run(span);
      } catch (error) {
        span.recordException(toError(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
  );
}

/** Anything can be thrown, also what cannot be turned into text. */
function toError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error(`Not an error: ${typeof thrown}`);
}
