/**
 * Keeps failures that nobody awaits from ending the process, until disposed.
 *
 * Without it Deno exits with 1 when a promise without a handler rejects.
 *
 * @example Keep running
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const reasons: unknown[] = [];
 * using _handler = handleRejections((reason) => reasons.push(reason));
 * assertEquals(reasons, []);
 * ```
 *
 * @param handle Gets what was thrown.
 * @returns Stops when disposed.
 */
export function handleRejections(
  handle: (reason: unknown) => void,
): Disposable {
  const listener = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    handle(event.reason);
  };
  globalThis.addEventListener("unhandledrejection", listener);
  return {
    [Symbol.dispose]: () =>
      globalThis.removeEventListener("unhandledrejection", listener),
  };
}
