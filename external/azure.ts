/**
 * Object stores of Azure Blob Storage.
 *
 * On its own, since it brings Microsoft's library along, which asks for
 * `--allow-env` when it is imported and for `--allow-sys=osRelease` later.
 *
 * @module
 */
import {
  ContainerClient,
  StorageSharedKeyCredential,
  // Only who imports this file downloads it.
  // deno-lint-ignore no-import-prefix
} from "npm:@azure/storage-blob@^12.34.0";
import { permissionError } from "../core/client/permissions.ts";
import { azureHttpClient } from "./azure_http_client.ts";
import { shownUrl } from "./http_document.ts";
import { objectContent } from "./object_content.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import { storePages } from "./store_pages.ts";
import { statusOf, vendorError } from "./vendor_error.ts";

/** The key of a storage account. */
export interface AzureSharedKey {
  /** The name of the account. */
  readonly accountName: string;
  /** Its key, in base64. */
  readonly accountKey: string;
}

/** Makes tokens; what `@azure/identity` has fits. */
export interface AzureTokenCredential {
  /**
   * Makes a token.
   *
   * @param scopes What it is for.
   * @returns The token, and when it expires, in milliseconds since 1970.
   */
  getToken(
    scopes: string | string[],
  ): Promise<
    { readonly token: string; readonly expiresOnTimestamp: number } | null
  >;
}

/** Options of {@linkcode azureStore}. */
export interface AzureStoreOptions {
  /**
   * Who asks; `undefined` when the URL has a shared access signature.
   *
   * @default {undefined}
   */
  readonly credentials?: AzureSharedKey | AzureTokenCredential | undefined;
  /**
   * How often one request is tried.
   *
   * @default {3}
   */
  readonly maxAttempts?: number | undefined;
  /**
   * How many objects a page of a listing has.
   *
   * @default {1000}
   */
  readonly pageSize?: number | undefined;
}

/**
 * Makes a store of a container.
 *
 * Needs `--allow-net` for the account, `--allow-env` and
 * `--allow-sys=osRelease`.
 *
 * @example Poll a container
 * ```ts
 * import { objectStorePoller } from "@koprs/koprs/external";
 * import { azureStore } from "@koprs/koprs/external/azure";
 * import { assertEquals } from "@std/assert";
 *
 * const store = azureStore("https://me.blob.core.windows.net/flags?sig=secret");
 * assertEquals(
 *   objectStorePoller(store).name,
 *   "https://me.blob.core.windows.net/flags",
 * );
 * ```
 *
 * @param containerUrl The URL of the container; its query is never shown.
 * @param options Who asks.
 * @returns The store.
 * @throws {TypeError} If the URL is none.
 * @throws {ConfigError} If a permission lacks.
 */
export function azureStore(
  containerUrl: string,
  options: AzureStoreOptions = {},
): ObjectStore {
  const url = URL.parse(containerUrl);
  if (url === null) {
    throw new TypeError("Cannot make an Azure store: its URL is none");
  }
  const { maxAttempts = 3, pageSize = 1_000, credentials } = options;
  const name = shownUrl(url);
  checkPermission(name);
  const container = new ContainerClient(url.href, credentialOf(credentials), {
    httpClient: azureHttpClient,
    retryOptions: { maxTries: maxAttempts, tryTimeoutInMs: 30_000 },
  });
  return {
    name,
    list: (prefix, { signal } = {}) =>
      storePages({
        store: name,
        signal,
        fetchPage: async (token) => {
          try {
            const pages = container.listBlobsFlat({
              prefix,
              ...signal !== undefined && { abortSignal: signal },
            }).byPage({
              maxPageSize: pageSize,
              ...token !== undefined && { continuationToken: token },
            });
            const { value, done } = await pages.next();
            if (done) throw new TypeError("it has no page");
            return {
              objects: value.segment.blobItems.map(objectOf),
              next: value.continuationToken || undefined,
            };
          } catch (error) {
            signal?.throwIfAborted();
            throw vendorError(`Cannot list "${name}"`, error);
          }
        },
      }),
    get: async (key, { signal, maxBytes } = {}) => {
      try {
        const answer = await container.getBlobClient(key).download(
          0,
          undefined,
          signal === undefined ? {} : { abortSignal: signal },
        );
        const chunks = bytesOf(answer.readableStreamBody ?? []);
        return await objectContent(chunks, { store: name, key, maxBytes });
      } catch (error) {
        signal?.throwIfAborted();
        if (statusOf(error) === 404) return undefined;
        const shown = JSON.stringify(key);
        throw vendorError(`Cannot read ${shown} of "${name}"`, error);
      }
    },
  };
}

interface Blob {
  readonly name: string;
  readonly properties: {
    readonly etag?: string;
    readonly contentLength?: number;
    readonly lastModified?: Date;
  };
}

function objectOf({ name, properties }: Blob): StoredObject {
  const { etag, contentLength = 0, lastModified } = properties;
  return { key: name, size: contentLength, etag, lastModified };
}

function credentialOf(
  credentials: AzureStoreOptions["credentials"],
): StorageSharedKeyCredential | AzureTokenCredential | undefined {
  if (credentials === undefined || "getToken" in credentials) {
    return credentials;
  }
  const { accountName, accountKey } = credentials;
  return new StorageSharedKeyCredential(accountName, accountKey);
}

/** The library asks in a promise that nobody awaits, which ends the program. */
function checkPermission(name: string): void {
  const needed = { name: "sys", kind: "osRelease" } as const;
  if (Deno.permissions.querySync(needed).state === "granted") return;
  throw permissionError(`Cannot open "${name}"`, [needed]);
}

/** Node's streams may carry text; this one is never told to. */
async function* bytesOf(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncIterableIterator<Uint8Array> {
  for await (const chunk of chunks) {
    if (typeof chunk !== "string") yield chunk;
  }
}
