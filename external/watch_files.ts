import { type Clock, systemClock } from "../core/timing/clock.ts";
import { directoryStore } from "./directory_store.ts";
import type { ExternalEvent } from "./external_event.ts";
import { FolderChanges } from "./folder_changes.ts";
import type { StoredObject } from "./object_store.ts";
import { objectStorePoller } from "./object_store_poller.ts";

/** Options of {@linkcode watchFiles}. */
export interface WatchFilesOptions {
  /** Ends the watch. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How the paths of the files begin, below the folder.
   *
   * @default {""}
   */
  readonly prefix?: string | undefined;
  /**
   * How long nothing must change before the folder is looked at, in
   * milliseconds.
   *
   * @default {100}
   */
  readonly debounce?: number | undefined;
  /**
   * How often to look even though nothing seems to change, in milliseconds:
   * network file systems do not tell.
   *
   * @default {60000}
   */
  readonly resync?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** A folder that never comes to rest is looked at anyway. */
const longestUnrest = 20;

/**
 * Watches the files of a folder: a mounted ConfigMap or Secret, for example.
 *
 * What Deno tells of a file system is only a hint; each time the whole folder
 * is compared with what is known. Needs `--allow-read` for the folder.
 *
 * @example Notice a new file
 * ```ts
 * import { watchFiles } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/flags.json`, "{}");
 * for await (const { type, key } of watchFiles(folder)) {
 *   assertEquals([type, key], ["added", "flags.json"]);
 *   break;
 * }
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param folder The path of the folder.
 * @param options What ends it, and how long to wait for rest.
 * @returns All files as `"added"`, then the changes, until the signal aborts.
 * @throws {PollError} If the folder cannot be read any more.
 */
export async function* watchFiles(
  folder: string,
  options: WatchFilesOptions = {},
): AsyncIterableIterator<ExternalEvent<StoredObject>> {
  const { debounce = 100, resync = 60_000, prefix } = options;
  const { signal = new AbortController().signal } = options;
  const { clock = systemClock } = options;
  const poller = objectStorePoller(directoryStore(folder), {
    prefix,
    maxRemoved: 1, // a folder does not lie
  });
  await using changes = new FolderChanges(folder);
  while (!signal.aborted) {
    try {
      for (const event of await poller.poll({ signal })) {
        if (signal.aborted) return;
        yield event;
        poller.taken?.(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (await changes.wait({ timeout: resync, signal, clock })) {
      for (let times = 0; times < longestUnrest; times++) {
        const options = { timeout: debounce, signal, clock };
        if (!await changes.wait(options)) break;
      }
    }
  }
}
