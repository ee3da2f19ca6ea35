import { type Clock, systemClock } from "../timing/clock.ts";
import type { PodConnection } from "./pod_connection.ts";

/** Options of {@linkcode relay}. */
export interface RelayOptions {
  /**
   * How long the far side may be silent after the near one has ended, in
   * milliseconds.
   *
   * @default {5000}
   */
  readonly linger?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** The near side: what {@linkcode Deno.Conn} offers. */
export type NearSide = Pick<Deno.Conn, "read" | "write" | "close">;
/** The far side. */
export type FarSide =
  & Pick<PodConnection, "readable" | "writable">
  & AsyncDisposable;

/**
 * Copies both ways between two connections until the far one ends, or is silent
 * after the near one has ended; then closes both.
 *
 * @param near The near side.
 * @param far The far side.
 * @param options How long to wait for a last answer.
 * @returns Resolves when both are closed; rejects if the far side breaks.
 */
export async function relay(
  near: NearSide,
  far: FarSide,
  { linger = 5_000, clock = systemClock }: RelayOptions = {},
): Promise<void> {
  const silence = Promise.withResolvers<void>();
  let nearEnded = false;
  let cancel = (): void => {};
  const listen = (): void => {
    cancel();
    cancel = clock.setTimer(silence.resolve, linger);
  };

  async function send(): Promise<void> {
    const writer = far.writable.getWriter();
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const size = await near.read(buffer);
      if (size === null) break;
      await writer.write(buffer.subarray(0, size));
    }
    nearEnded = true;
    listen();
  }

  async function receive(): Promise<void> {
    for await (const chunk of far.readable) {
      if (nearEnded) listen();
      for (let sent = 0; sent < chunk.length;) {
        const size = await near.write(chunk.subarray(sent)).catch(() => null);
        if (size === null) return; // The near side has gone.
        sent += size;
      }
    }
  }

  const sending = send();
  const receiving = receive();
  try {
    await Promise.race([
      receiving,
      silence.promise,
      // That the near side breaks is its own business.
      sending.catch(silence.resolve).then(() => silence.promise),
    ]);
  } finally {
    near.close();
    await far[Symbol.asyncDispose]();
    await Promise.allSettled([sending, receiving]);
    cancel();
  }
}
