import type { MetricsRegistry } from "../telemetry/metrics.ts";
import type { Routes } from "./http_server.ts";
import type { ListenAddress } from "./listen_address.ts";

/** Options of the metrics server of {@linkcode run}. */
export interface MetricsOptions extends ListenAddress {
  /**
   * What is served, and where the library counts.
   *
   * @default the global registry of prom-client
   */
  readonly registry?: MetricsRegistry;
}

/**
 * Makes the route `/metrics`.
 *
 * @example Ask for metrics
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Registry } from "prom-client";
 *
 * const response = await metricsRoutes(new Registry()).get("/metrics")?.();
 * assertEquals(
 *   response?.headers.get("content-type"),
 *   "text/plain; version=0.0.4; charset=utf-8",
 * );
 * ```
 *
 * @param registry What to serve.
 * @returns The route.
 */
export function metricsRoutes(registry: MetricsRegistry): Routes {
  return new Map([["/metrics", async () => {
    const text = await registry.metrics();
    return new Response(text, {
      headers: { "content-type": registry.contentType },
    });
  }]]);
}
