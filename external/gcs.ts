/**
 * Object stores of Google Cloud Storage.
 *
 * On its own, since it brings Google's library along, which is loaded when the
 * store is first asked and then asks for `--allow-env`.
 *
 * @module
 */
import { untilAborted } from "../core/client/until_aborted.ts";
import { objectContent } from "./object_content.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import { PollError } from "./poll_error.ts";
import { storePages } from "./store_pages.ts";
import { vendorError } from "./vendor_error.ts";

/** The key of a service account, as Google hands it out. */
export interface GcsCredentials {
  /** Who asks. */
  readonly client_email: string;
  /** The private key, PEM. */
  readonly private_key: string;
}

/** Options of {@linkcode gcsStore}. */
export interface GcsStoreOptions {
  /**
   * Who asks.
   *
   * @default what the library finds: environment, workload identity, metadata
   */
  readonly credentials?: GcsCredentials | undefined;
  /**
   * The project to name in requests.
   *
   * @default that of the credentials
   */
  readonly projectId?: string | undefined;
  /**
   * The URL of an emulator or of a private endpoint.
   *
   * @default {"https://storage.googleapis.com"}
   */
  readonly endpoint?: string | undefined;
  /**
   * How often a failed request is sent again.
   *
   * @default {3}
   */
  readonly maxRetries?: number | undefined;
  /**
   * How many objects a page of a listing has.
   *
   * @default {1000}
   */
  readonly pageSize?: number | undefined;
}

/**
 * Makes a store of a bucket.
 *
 * The generation of an object is its ETag. Needs `--allow-net` for the
 * endpoint and `--allow-env`.
 *
 * @example Poll a bucket
 * ```ts
 * import { objectStorePoller } from "@koprs/koprs/external";
 * import { gcsStore } from "@koprs/koprs/external/gcs";
 * import { assertEquals } from "@std/assert";
 *
 * const poller = objectStorePoller(gcsStore("flags"), { prefix: "prod/" });
 * assertEquals(poller.name, "gs://flags/prod/");
 * ```
 *
 * @param bucket The name of the bucket.
 * @param options Where it is, and who asks.
 * @returns The store.
 */
export function gcsStore(
  bucket: string,
  options: GcsStoreOptions = {},
): ObjectStore {
  const { credentials, endpoint, pageSize = 1_000 } = options;
  const name = `gs://${bucket}`;
  let opened: ReturnType<typeof openStorage> | undefined;
  const storage = () => opened ??= openStorage(options);
  return {
    name,
    list: (prefix, { signal } = {}) =>
      storePages({
        store: name,
        signal,
        fetchPage: async (token) => {
          try {
            const objects = (await storage()).bucket(bucket);
            const asked = objects.getFiles({
              prefix,
              maxResults: pageSize,
              autoPaginate: false,
              ...token !== undefined && { pageToken: token },
            });
            const [files, query] = await untilAborted(asked, heeded(signal));
            return {
              objects: files.map((file) => objectOf(file.name, file.metadata)),
              next: tokenOf(query),
            };
          } catch (error) {
            signal?.throwIfAborted();
            throw vendorError(`Cannot list "${name}"`, error);
          }
        },
      }),
    get: async (key, { signal, maxBytes } = {}) => {
      const failure = `Cannot read ${JSON.stringify(key)} of "${name}"`;
      try {
        // The library reads by streams of Node that warn of their listeners.
        const { apiEndpoint, authClient } = await storage();
        const url = `${apiEndpoint}/storage/v1/b/${bucket}/o/${
          encodeURIComponent(key)
        }?alt=media`;
        const anonymous = endpoint !== undefined && credentials === undefined;
        const headers = anonymous
          ? new Headers()
          : await authClient.getRequestHeaders(url);
        const asked = fetch(url, { headers, signal: heeded(signal) });
        const response = await untilAborted(asked, heeded(signal));
        const { ok, status, body } = response;
        if (ok) {
          return await objectContent(body ?? [], {
            store: name,
            key,
            maxBytes,
          });
        }
        await body?.cancel();
        if (status === 404) return undefined;
        throw new PollError(`${failure}: the answer is ${status}`, {
          code: status,
        });
      } catch (error) {
        signal?.throwIfAborted();
        throw vendorError(failure, error);
      }
    },
  };
}

/** Only who asks a store downloads the library. */
async function openStorage(
  { credentials, projectId, endpoint, maxRetries = 3 }: GcsStoreOptions,
) {
  // deno-lint-ignore no-import-prefix
  const { Storage } = await import("npm:@google-cloud/storage@^8.4.0");
  return new Storage({
    retryOptions: { maxRetries, totalTimeout: 60 },
    ...credentials !== undefined && { credentials },
    ...projectId !== undefined && { projectId },
    ...endpoint !== undefined && { apiEndpoint: endpoint },
  });
}

/** What a store reads of what Google tells about an object. */
interface FileMetadata {
  readonly size?: string | number | undefined;
  readonly generation?: string | number | undefined;
  readonly updated?: string | undefined;
}

function objectOf(
  key: string,
  { size, generation, updated }: FileMetadata,
): StoredObject {
  return {
    key,
    size: Number(size ?? 0),
    etag: generation === undefined ? undefined : String(generation),
    lastModified: updated === undefined ? undefined : new Date(updated),
  };
}

/** The library hands out the next query, not its token. */
function tokenOf(query: unknown): string | undefined {
  const token = typeof query === "object" && query !== null
    ? Reflect.get(query, "pageToken")
    : undefined;
  return typeof token === "string" && token !== "" ? token : undefined;
}

/** The library takes no signal. */
function heeded(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
