import { permissionError } from "../core/client/permissions.ts";
import { objectContent } from "./object_content.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import { PollError } from "./poll_error.ts";

/**
 * Makes a store of a folder: the files below it are its objects, their paths
 * with `/` in between its keys.
 *
 * Links to files are followed, links to folders are not. Entries that begin
 * with `..` are left out: Kubernetes keeps the versions of mounted ConfigMaps
 * and Secrets there. Needs `--allow-read` for the folder.
 *
 * @example List a folder
 * ```ts
 * import { directoryStore } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/flags.json`, "{}");
 * const [object] = await Array.fromAsync(directoryStore(folder).list(""));
 * assertEquals([object?.key, object?.size], ["flags.json", 2]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param folder The path of the folder.
 * @returns The store; a missing folder is an error, not an empty listing.
 */
export function directoryStore(folder: string): ObjectStore {
  const root = folder.replace(/(?<=.)[/\\]+$/, "");
  return {
    name: root,
    async *list(prefix, { signal } = {}) {
      try {
        yield* walk(root, { prefix, signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw explained(`Cannot list "${root}"`, root, error);
      }
    },
    async get(key, { maxBytes, signal } = {}) {
      if (!isKey(key)) return undefined;
      try {
        using file = await Deno.open(`${root}/${key}`);
        const chunks = chunksOf(file, signal);
        return await objectContent(chunks, { store: root, key, maxBytes });
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof Deno.errors.NotFound) return undefined;
        const failure = `Cannot read ${JSON.stringify(key)} of "${root}"`;
        throw explained(failure, root, error);
      }
    },
  };
}

interface WalkOptions {
  /** How keys begin. */
  readonly prefix: string;
  /** The part of the path below the root, with its `/`. */
  readonly below?: string;
  readonly signal: AbortSignal | undefined;
}

async function* walk(
  root: string,
  options: WalkOptions,
): AsyncIterableIterator<StoredObject> {
  const { prefix, below = "", signal } = options;
  for await (const { name, isDirectory } of Deno.readDir(`${root}/${below}`)) {
    signal?.throwIfAborted();
    if (name.startsWith("..")) continue;
    const key = `${below}${name}`;
    if (isDirectory) {
      const inner = `${key}/`;
      if (!inner.startsWith(prefix) && !prefix.startsWith(inner)) continue;
      yield* unlessGone(walk(root, { ...options, below: inner }));
    } else if (key.startsWith(prefix)) {
      yield* unlessGone(fileAt(root, key));
    }
  }
}

async function* fileAt(
  root: string,
  key: string,
): AsyncIterableIterator<StoredObject> {
  const { isFile, size, mtime, ino } = await Deno.stat(`${root}/${key}`);
  if (!isFile) return;
  // A replaced file may have the size and the time of the old one.
  const etag = `${ino ?? 0}-${mtime?.getTime() ?? 0}-${size}`;
  yield { key, size, etag, lastModified: mtime ?? undefined };
}

/** What is deleted while it is listed is not there. */
async function* unlessGone(
  objects: AsyncIterable<StoredObject>,
): AsyncIterableIterator<StoredObject> {
  try {
    yield* objects;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Whether a key could come from a listing; others may lead elsewhere. */
function isKey(key: string): boolean {
  return key.split(/[/\\]/).every((name) =>
    name !== "" && name !== "." && !name.startsWith("..")
  );
}

async function* chunksOf(
  file: Deno.FsFile,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<Uint8Array> {
  for (;;) {
    signal?.throwIfAborted();
    const chunk = new Uint8Array(1 << 16);
    const count = await file.read(chunk);
    if (count === null) return;
    yield chunk.subarray(0, count);
  }
}

function explained(failure: string, path: string, error: unknown): unknown {
  if (error instanceof PollError) return error;
  if (error instanceof Deno.errors.NotCapable) {
    return permissionError(failure, [{ name: "read", path }]);
  }
  const why = error instanceof Deno.errors.NotFound
    ? "it does not exist"
    : "the system refuses it";
  return new PollError(`${failure}: ${why}`);
}
