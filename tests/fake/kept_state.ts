import type { FakeApiServer } from "./fake_api_server.ts";
import { StateFile } from "./state_file.ts";

/** Less than the second that a crash may cost, since a save takes time. */
const SAVE_INTERVAL = 500;

/**
 * Brings back what a file holds, and saves the objects of a server in it while
 * it runs and when this is disposed.
 *
 * @param server The server.
 * @param path Where the file is, or shall be.
 * @returns Saves for the last time, and closes the file.
 * @throws {Error} If the file cannot be used.
 */
export async function keptState(
  server: FakeApiServer,
  path: string,
): Promise<AsyncDisposable> {
  const file = new StateFile(path);
  const saved = file.load();
  if (saved !== undefined) await server.restore(saved);
  const save = async () => file.save(await server.snapshot());
  await save();
  const timer = setInterval(async () => {
    try {
      await save();
    } catch (error) {
      // deno-lint-ignore no-console -- a program talks to its user
      console.error(error instanceof Error ? error.message : error);
    }
  }, SAVE_INTERVAL);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await save();
      file[Symbol.dispose]();
    },
  };
}
