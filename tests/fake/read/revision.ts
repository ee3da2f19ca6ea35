import { tooLargeRevision } from "../http/status_errors.ts";
import type { ServerState } from "../server_state.ts";

/** How long the server waits for a revision that is not reached, in ms. */
const WAIT = 3_000;

/**
 * Says why a text is no resourceVersion.
 *
 * @param text The text.
 * @returns The reason; `undefined` if it is one.
 */
export function revisionError(text: string): string | undefined {
  if (text === "" || /^\d+$/.test(text)) return undefined;
  const quoted = JSON.stringify(text);
  return `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
}

/**
 * Waits until the store has reached a revision.
 *
 * @param state The server.
 * @param revision The revision.
 * @throws {StatusError} 504 if it does not within three seconds.
 */
export async function reachRevision(
  { store, clock, signal }: ServerState,
  revision: number,
): Promise<void> {
  if (store.revision >= revision) return;
  await new Promise<void>((resolve) => {
    const stopTimer = clock.setTimer(finish, WAIT);
    let stopWaiting = store.onceChanged(check);
    signal.addEventListener("abort", finish);
    function check(): void {
      if (store.revision >= revision) finish();
      else stopWaiting = store.onceChanged(check);
    }
    function finish(): void {
      stopTimer();
      stopWaiting();
      signal.removeEventListener("abort", finish);
      resolve();
    }
  });
  if (store.revision < revision) {
    throw tooLargeRevision(revision, store.revision);
  }
}
