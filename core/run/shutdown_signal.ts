/** The signals of the system that ask a program to stop. */
export interface ShutdownSignal extends Disposable {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal;
  /** The first signal, once there was one. */
  readonly received: Deno.Signal | undefined;
}

/**
 * Listens to SIGTERM and SIGINT until disposed.
 *
 * The first one aborts; a second one ends the process at once, with exit
 * code 1, as in controller-runtime. Needs no permission.
 *
 * @example Stop on a signal
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * using shutdown = shutdownSignal();
 * // await fetch(url, { signal: shutdown.signal });
 * assertEquals(shutdown.received, undefined);
 * ```
 *
 * @returns What aborts.
 */
export function shutdownSignal(): ShutdownSignal {
  const controller = new AbortController();
  let received: Deno.Signal | undefined;
  const listeners = systemSignals().map((name) => {
    const listener = () => {
      if (received !== undefined) Deno.exit(1);
      received = name;
      controller.abort(new DOMException(`Received ${name}`, "AbortError"));
    };
    Deno.addSignalListener(name, listener);
    return () => Deno.removeSignalListener(name, listener);
  });
  return {
    signal: controller.signal,
    get received() {
      return received;
    },
    [Symbol.dispose]: () => listeners.forEach((remove) => remove()),
  };
}

/** Windows has no SIGTERM; it sends SIGBREAK when a console closes. */
function systemSignals(): Deno.Signal[] {
  return Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM"];
}
