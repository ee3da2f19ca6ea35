import { STATUS_CODE } from "@std/http";
import type { Routes } from "./http_server.ts";
import type { ListenAddress } from "./listen_address.ts";

/** Options of the probe server of {@linkcode run}. */
export interface ProbeOptions extends ListenAddress {
  /**
   * How late the event loop may be before `/livez` fails, in milliseconds.
   *
   * @default 10000
   */
  readonly maxLag?: number;
}

/** What the probes report. */
export interface Health {
  /**
   * What is not ready.
   *
   * @returns Its names; none when all is ready.
   */
  notReady(): readonly string[];
  /**
   * What is not healthy.
   *
   * @returns Its names; none when all is healthy.
   */
  notHealthy(): readonly string[];
}

/**
 * Makes the routes of the probes: `/readyz`, `/livez` and its old name
 * `/healthz`, each 200 or 503 with the names of what is wrong.
 *
 * @example Ask a probe
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const routes = probeRoutes({
 *   notReady: () => ["greetings"],
 *   notHealthy: () => [],
 * });
 * const ready = await routes.get("/readyz")?.();
 * assertEquals(ready?.status, 503);
 * const live = await routes.get("/livez")?.();
 * assertEquals(live?.status, 200);
 * ```
 *
 * @param health What to report.
 * @returns The routes.
 */
export function probeRoutes(health: Health): Routes {
  const live = () => report("healthy", health.notHealthy());
  return new Map([
    ["/readyz", () => report("ready", health.notReady())],
    ["/livez", live],
    ["/healthz", live],
  ]);
}

function report(what: string, failing: readonly string[]): Response {
  const ok = failing.length === 0;
  const text = ok ? "ok" : `Not ${what}: ${failing.join(", ")}`;
  return new Response(`${text}\n`, {
    status: ok ? STATUS_CODE.OK : STATUS_CODE.ServiceUnavailable,
    headers: { "cache-control": "no-store" },
  });
}
