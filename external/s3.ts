/**
 * Object stores that speak S3: Amazon's, MinIO, Ceph, Cloudflare R2 and others.
 *
 * On its own, since it brings the AWS SDK along, which asks for
 * `--allow-env` when it is imported.
 *
 * @module
 */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  S3Client,
  // Only who imports this file downloads it.
  // deno-lint-ignore no-import-prefix
} from "npm:@aws-sdk/client-s3@^3.1169.0";
// deno-lint-ignore no-import-prefix
import { FetchHttpHandler } from "npm:@smithy/fetch-http-handler@^5.8.1";
import { objectContent } from "./object_content.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import { type StorePage, storePages } from "./store_pages.ts";
import { statusOf, vendorError } from "./vendor_error.ts";

/** Who asks an S3 store. */
export interface S3Credentials {
  /** The public part of the key. */
  readonly accessKeyId: string;
  /** The secret part of the key. */
  readonly secretAccessKey: string;
  /** The token of temporary credentials. */
  readonly sessionToken?: string;
  /** When to ask for new ones. @default never */
  readonly expiration?: Date;
}

/** Options of {@linkcode s3Store}. */
export interface S3StoreOptions {
  /**
   * The region of the bucket.
   *
   * @default {"us-east-1"} what most stores that are not Amazon's want
   */
  readonly region?: string | undefined;
  /**
   * The URL of a store that is not Amazon's.
   *
   * @default that of the region
   */
  readonly endpoint?: string | undefined;
  /**
   * Whether the bucket is in the path of the URL, not in the name of the host.
   *
   * @default {true} with an endpoint, `false` without
   */
  readonly pathStyle?: boolean | undefined;
  /**
   * Who asks; a function is called again when what it gave expires.
   *
   * @default what the SDK finds: environment, web identity, instance metadata
   */
  readonly credentials?:
    | S3Credentials
    | (() => Promise<S3Credentials>)
    | undefined;
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

/** A store that keeps connections until it is disposed of. */
export interface S3Store extends ObjectStore, Disposable {}

/**
 * Makes a store of a bucket.
 *
 * Give it credentials, or the SDK looks for them in many places. Needs
 * `--allow-net` for the endpoint and `--allow-env`.
 *
 * @example Poll a bucket
 * ```ts
 * import { objectStorePoller } from "@koprs/koprs/external";
 * import { s3Store } from "@koprs/koprs/external/s3";
 * import { assertEquals } from "@std/assert";
 *
 * using store = s3Store("flags", {
 *   endpoint: "https://minio.example.com",
 *   credentials: { accessKeyId: "me", secretAccessKey: "secret" },
 * });
 * const poller = objectStorePoller(store, { prefix: "prod/" });
 * assertEquals(poller.name, "s3://flags/prod/");
 * ```
 *
 * @param bucket The name of the bucket.
 * @param options Where it is, and who asks.
 * @returns The store.
 */
export function s3Store(
  bucket: string,
  options: S3StoreOptions = {},
): S3Store {
  const { region = "us-east-1", endpoint, credentials } = options;
  const { pathStyle = endpoint !== undefined } = options;
  const { maxAttempts = 3, pageSize = 1_000 } = options;
  const name = `s3://${bucket}`;
  const client = new S3Client({
    region,
    forcePathStyle: pathStyle,
    maxAttempts,
    // Node's TLS would need --allow-sys without a scope, for the system's CAs.
    requestHandler: new FetchHttpHandler({ requestTimeout: 30_000 }),
    responseChecksumValidation: "WHEN_REQUIRED",
    // Its own asks for the release of the operating system.
    defaultUserAgentProvider: () => Promise.resolve([["koprs"]]),
    ...endpoint !== undefined && { endpoint },
    ...credentials !== undefined && { credentials },
  });
  return {
    name,
    list: (prefix, { signal } = {}) =>
      storePages({
        store: name,
        signal,
        fetchPage: async (token) => {
          try {
            const command = new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix,
              MaxKeys: pageSize,
              EncodingType: "url", // XML cannot hold every key
              ContinuationToken: token,
            });
            return pageOf(await client.send(command, abortable(signal)));
          } catch (error) {
            signal?.throwIfAborted();
            throw vendorError(`Cannot list "${name}"`, error);
          }
        },
      }),
    get: async (key, { signal, maxBytes } = {}) => {
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: key });
        const { Body } = await client.send(command, abortable(signal));
        const chunks = Body?.transformToWebStream() ?? [];
        return await objectContent(chunks, { store: name, key, maxBytes });
      } catch (error) {
        signal?.throwIfAborted();
        if (statusOf(error) === 404) return undefined;
        const shown = JSON.stringify(key);
        throw vendorError(`Cannot read ${shown} of "${name}"`, error);
      }
    },
    [Symbol.dispose]: () => client.destroy(),
  };
}

/** Half an answer must not look like a short listing. */
function pageOf(answer: ListObjectsV2CommandOutput): StorePage {
  const { Contents = [], KeyCount, IsTruncated, EncodingType } = answer;
  const next = answer.NextContinuationToken;
  const counted = KeyCount === undefined || KeyCount === Contents.length;
  if (IsTruncated === undefined || !counted || IsTruncated && !next) {
    throw new TypeError("it is no whole listing");
  }
  const decode = EncodingType === "url" ? decodeKey : String;
  const objects = Contents.map(({ Key, Size, ETag, LastModified }) => {
    if (Key === undefined) throw new TypeError("it has an object without key");
    return {
      key: decode(Key),
      size: Size ?? 0,
      etag: ETag,
      lastModified: LastModified,
    } satisfies StoredObject;
  });
  return { objects, next: IsTruncated ? next : undefined };
}

function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

function abortable(
  signal: AbortSignal | undefined,
): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}
