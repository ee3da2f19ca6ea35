/**
 * Telemetry: logs, metrics and spans.
 *
 * @module
 */
export {
  configureLogging,
  getLogger,
  type Logger,
  type LoggingOptions,
  type LogLevel,
} from "./logger.ts";
export {
  exposeMetrics,
  type KoprsMetrics,
  metricsFor,
  type MetricsRegistry,
} from "./metrics.ts";
export { type Span, type SpanOptions, withSpan } from "./tracing.ts";
export type { Counter, Gauge, Histogram } from "./instrument.ts";
