/**
 * Object stores of Google Cloud Storage.
 *
 * On its own, since it brings Google's library along, which is loaded when the
 * store is first asked and then asks for `--allow-env`.
 *
 * @module
 */
import { objectContent } from "./object_content.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import { type StorePage, storePages } from "./store_pages.ts";
import { statusOf, vendorError } from "./vendor_error.ts";

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
   * The URL of a private endpoint, or of an emulator: over `http:`, without
   * credentials, nobody in particular asks.
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

const SCOPES = ["https://www.googleapis.com/auth/devstorage.read_only"];

/** Of one request, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * Makes a store of a bucket.
 *
 * The generation of an object is its ETag. Needs `--allow-net` for the
 * endpoint and for who makes tokens (`oauth2.googleapis.com`), and
 * `--allow-env`; without credentials `--allow-sys` as well, to look for them.
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
 * @throws {TypeError} If the endpoint is no URL.
 */
export function gcsStore(
  bucket: string,
  options: GcsStoreOptions = {},
): ObjectStore {
  const { endpoint = "https://storage.googleapis.com" } = options;
  const { maxRetries = 3, pageSize = 1_000 } = options;
  if (!URL.canParse(endpoint)) {
    throw new TypeError("Cannot make a GCS store: its endpoint is no URL");
  }
  const name = `gs://${bucket}`;
  let opened: ReturnType<typeof openClient> | undefined;
  const request = async <T>(asked: GcsRequest): Promise<T> => {
    const client = await (opened ??= openClient({ ...options, endpoint }));
    const retryConfig = { retry: maxRetries };
    const common = { retryConfig, timeout: TIMEOUT };
    return (await client.request<T>({ ...common, ...asked })).data;
  };
  const url = `${endpoint.replace(/\/$/, "")}/storage/v1/b/${
    encodeURIComponent(bucket)
  }/o`;
  return {
    name,
    list: (prefix, { signal } = {}) =>
      storePages({
        store: name,
        signal,
        fetchPage: async (token) => {
          const params = {
            prefix,
            maxResults: pageSize,
            fields: "nextPageToken,items(name,size,generation,updated)",
            ...token !== undefined && { pageToken: token },
          };
          try {
            return pageOf(await request({ url, params, ...heeding(signal) }));
          } catch (error) {
            signal?.throwIfAborted();
            throw vendorError(`Cannot list "${name}"`, error);
          }
        },
      }),
    get: async (key, { signal, maxBytes } = {}) => {
      try {
        const chunks = await request<ReadableStream<Uint8Array>>({
          url: `${url}/${encodeURIComponent(key)}`,
          params: { alt: "media" },
          responseType: "stream",
          ...heeding(signal),
        });
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

/** The part of a listing that was asked for. */
interface Listing {
  readonly nextPageToken?: string;
  readonly items?: readonly ListedObject[];
}

interface ListedObject {
  readonly name: string;
  /** In decimal. */
  readonly size?: string;
  readonly generation?: string;
  readonly updated?: string;
}

/** What is asked of Google's library. */
interface GcsRequest {
  readonly url: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly responseType?: "stream";
  readonly signal?: AbortSignal;
}

/**
 * Google's client of Cloud Storage heeds no signal, and speaks Node's TLS, for
 * which Deno wants `--allow-sys` without a scope; so only who asks is its own.
 */
async function openClient(
  { credentials, endpoint }: GcsStoreOptions & { readonly endpoint: string },
) {
  // Only who asks a store downloads it.
  // deno-lint-ignore no-import-prefix
  const library = await import("npm:google-auth-library@^11.3.4");
  const options = { transporterOptions: { fetchImplementation: fetch } };
  if (credentials !== undefined) {
    const { client_email: email, private_key: key } = credentials;
    return new library.JWT({ ...options, email, key, scopes: SCOPES });
  }
  return endpoint.startsWith("http:")
    ? new library.PassThroughClient(options)
    : new library.GoogleAuth({ clientOptions: options, scopes: SCOPES });
}

function heeding(
  signal: AbortSignal | undefined,
): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** Half an answer must not look like a short listing. */
function pageOf(listing: unknown): StorePage {
  if (typeof listing !== "object" || listing === null) {
    throw new TypeError("it is no listing");
  }
  const { items = [], nextPageToken }: Listing = listing;
  return { objects: items.map(objectOf), next: nextPageToken || undefined };
}

function objectOf(
  { name, size, generation, updated }: ListedObject,
): StoredObject {
  return {
    key: name,
    size: Number(size ?? 0),
    etag: generation,
    lastModified: updated === undefined ? undefined : new Date(updated),
  };
}
