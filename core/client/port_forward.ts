import type { NamespacedKey } from "../kind/scope.ts";
import { getLogger } from "../telemetry/logger.ts";
import type { Clock } from "../timing/clock.ts";
import { connectToPod, type PodConnectionOptions } from "./pod_connection.ts";
import type { PodResource } from "./pod_resource.ts";
import { relay } from "./relay.ts";

/** Options of {@linkcode portForward}. */
export interface PortForwardOptions extends PodConnectionOptions {
  /**
   * The local port.
   *
   * @default {0} any that is free
   */
  readonly localPort?: number | undefined;
  /**
   * The local address.
   *
   * @default {"127.0.0.1"}
   */
  readonly hostname?: string | undefined;
  /**
   * Told of each connection that fails.
   *
   * @default {undefined} a warning is logged
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** A local port that leads to a Pod. */
export interface PortForward extends AsyncDisposable {
  /** The local address. */
  readonly hostname: string;
  /** The local port. */
  readonly port: number;
  /** Closes the port and its connections. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Listens on a local port, and connects whoever comes to a port of a Pod, as
 * `kubectl port-forward` does.
 *
 * Needs `--allow-net` for the local address. When the local side ends a
 * connection, the one to the Pod ends after 5 seconds of silence: the Pod
 * cannot be told, see {@linkcode connectToPod}.
 *
 * @example Send an HTTP request to a Pod
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, portForward } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * server.kubelet.onPortForward(async ({ readable, writable }) => {
 *   await readable.getReader().read();
 *   const answer = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello";
 *   await new Response(answer).body?.pipeTo(writable);
 * });
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "web" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "web" }] },
 * });
 *
 * await using forward = portForward(pods, key, { port: 8080 });
 * const response = await fetch(`http://127.0.0.1:${forward.port}/`);
 * assertEquals(await response.text(), "hello");
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options The port of the Pod, the local port and address, signal.
 * @returns The local port; dispose of it to close it.
 * @throws {Deno.errors.AddrInUse} If the local port is taken.
 * @throws {Deno.errors.NotCapable} If `--allow-net` lacks the local address.
 */
export function portForward(
  pods: PodResource,
  key: NamespacedKey,
  options: PortForwardOptions,
): PortForward {
  const { port, timeout, signal, clock } = options;
  const { localPort = 0, hostname = "127.0.0.1" } = options;
  const onError = options.onError ?? ((error: unknown): void => {
    getLogger("client").warning("Cannot forward a connection", { error });
  });
  signal?.throwIfAborted();
  const listener = Deno.listen({ hostname, port: localPort });
  const stop = new AbortController();

  async function forward(local: Deno.TcpConn): Promise<void> {
    try {
      const remote = await connectToPod(pods, key, {
        port,
        timeout,
        signal: stop.signal,
      }).catch((error) => {
        local.close();
        throw error;
      });
      await relay(local, remote, { clock });
    } catch (error) {
      if (!stop.signal.aborted) onError(error);
    }
  }

  async function accept(): Promise<void> {
    const open = new Set<Promise<void>>();
    for await (const local of listener) {
      const forwarding = forward(local).finally(() => open.delete(forwarding));
      open.add(forwarding);
    }
    await Promise.all(open);
  }

  const abort = (): void => {
    signal?.removeEventListener("abort", abort);
    if (stop.signal.aborted) return;
    stop.abort(signal?.reason);
    listener.close();
  };
  signal?.addEventListener("abort", abort, { once: true });
  const accepted = accept();
  return {
    hostname,
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      abort();
      await accepted;
    },
  };
}
