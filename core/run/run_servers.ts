import { getLogger } from "../telemetry/logger.ts";
import { exposeMetrics } from "../telemetry/metrics.ts";
import { HttpServer, type Routes } from "./http_server.ts";
import { formatAddress, type ListenAddress } from "./listen_address.ts";
import { requireListen } from "./listen_permission.ts";
import { metricsRoutes } from "./metrics_routes.ts";
import { type Health, probeRoutes } from "./probes.ts";
import type { RunOptions } from "./run_options.ts";

/** What {@linkcode startServers} serves. */
export interface ServersOptions extends Pick<RunOptions, "probes" | "metrics"> {
  /** What the probes report. */
  readonly health: Health;
}

/**
 * Starts the servers for probes and metrics: one, if they have one address.
 *
 * @example Serve nothing
 * ```ts
 * const health = { notReady: () => [], notHealthy: () => [] };
 * await using _servers = await startServers({ health });
 * ```
 *
 * @param options What to serve, and where.
 * @returns Stops them when disposed.
 * @throws {ConfigError} If an address cannot be listened on.
 */
export async function startServers(
  options: ServersOptions,
): Promise<AsyncDisposable> {
  const { probes, metrics, health } = options;
  const wanted: { address: ListenAddress; routes: Routes }[] = [];
  if (probes) wanted.push({ address: probes, routes: probeRoutes(health) });
  if (metrics) {
    const routes = metricsRoutes(await exposeMetrics(metrics.registry));
    const shared = wanted.find(({ address }) => isSame(address, metrics));
    if (shared) shared.routes = new Map([...shared.routes, ...routes]);
    else wanted.push({ address: metrics, routes });
  }
  await requireListen(wanted.map(({ address }) => address));
  await using servers = new AsyncDisposableStack();
  for (const { address, routes } of wanted) {
    const server = servers.use(new HttpServer(routes, address));
    getLogger("run").info("Serving", {
      address: formatAddress(server.address),
      paths: [...routes.keys()].join(" "),
    });
  }
  return servers.move();
}

function isSame(one: ListenAddress, other: ListenAddress): boolean {
  return formatAddress(one) === formatAddress(other);
}
