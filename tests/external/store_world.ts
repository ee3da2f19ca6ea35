import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  // deno-lint-ignore no-import-prefix
} from "npm:@aws-sdk/client-s3@^3.1169.0";
import {
  ContainerClient,
  StorageSharedKeyCredential,
  // deno-lint-ignore no-import-prefix
} from "npm:@azure/storage-blob@^12.34.0";
import type { ObjectStore } from "@koprs/koprs/external";
import { azureStore } from "@koprs/koprs/external/azure";
import { gcsStore } from "@koprs/koprs/external/gcs";
import { s3Store } from "@koprs/koprs/external/s3";
import type { StoreKind } from "./store_server.ts";

/** Names the kind of store that journeys run against. */
export const KIND_VARIABLE = "KOPRS_TEST_STORE";
/** Names the URL of its server. */
export const URL_VARIABLE = "KOPRS_TEST_STORE_URL";

/** A bucket that nothing else uses, on a real server. */
export interface StoreWorld extends AsyncDisposable {
  /** The bucket, in pages of ten. */
  readonly store: ObjectStore;
  /** A bucket that does not exist. */
  readonly missing: ObjectStore;
  /** The bucket, asked by somebody who may not; `undefined` if all may. */
  readonly forbidden: ObjectStore | undefined;
  /** Writes an object. */
  put(key: string, content: string): Promise<void>;
  /** Deletes an object. */
  delete(key: string): Promise<void>;
}

/**
 * Opens a bucket of the server that the environment names.
 *
 * @returns The bucket.
 */
export async function openStoreWorld(): Promise<StoreWorld> {
  const kind = Deno.env.get(KIND_VARIABLE);
  const url = Deno.env.get(URL_VARIABLE) ?? "";
  const bucket = `test-${crypto.randomUUID().slice(0, 18)}`;
  if (!isKind(kind)) throw new Error(`Cannot open a store: ${kind} is none`);
  return await worlds[kind](url, bucket);
}

function isKind(kind: string | undefined): kind is StoreKind {
  return kind !== undefined && kind in worlds;
}

const pageSize = 10;

const worlds: Readonly<
  Record<StoreKind, (url: string, bucket: string) => Promise<StoreWorld>>
> = { s3: openS3, azure: openAzure, gcs: openGcs };

async function openS3(url: string, bucket: string): Promise<StoreWorld> {
  const credentials = {
    accessKeyId: "koprs",
    secretAccessKey: "koprs-secret",
  };
  const options = { endpoint: url, credentials, pageSize };
  const client = new S3Client({
    endpoint: url,
    region: "us-east-1",
    forcePathStyle: true,
    credentials,
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = s3Store(bucket, options);
  const missing = s3Store(`${bucket}-missing`, options);
  const stranger = { accessKeyId: "other", secretAccessKey: "other" };
  const forbidden = s3Store(bucket, { ...options, credentials: stranger });
  const Bucket = bucket;
  return {
    store,
    missing,
    forbidden,
    put: async (Key, Body) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    delete: async (Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    [Symbol.asyncDispose]: () => {
      for (const one of [store, missing, forbidden]) one[Symbol.dispose]();
      client.destroy();
      return Promise.resolve();
    },
  };
}

async function openAzure(url: string, bucket: string): Promise<StoreWorld> {
  // Azurite's account, as its documentation has it; it protects nothing.
  const accountName = "devstoreaccount1";
  const accountKey =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
  const container = `${url}/${accountName}/${bucket}`;
  const client = new ContainerClient(
    container,
    new StorageSharedKeyCredential(accountName, accountKey),
  );
  await client.create();
  const options = { credentials: { accountName, accountKey }, pageSize };
  return {
    store: azureStore(container, options),
    missing: azureStore(`${container}-missing`, options),
    forbidden: azureStore(container, {
      credentials: { accountName, accountKey: btoa("other") },
      maxAttempts: 1,
    }),
    put: async (key, content) => {
      const blob = client.getBlockBlobClient(key);
      await blob.upload(content, new TextEncoder().encode(content).length);
    },
    delete: async (key) => {
      await client.deleteBlob(key);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function openGcs(url: string, bucket: string): Promise<StoreWorld> {
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(`${url}${path}`, init);
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  };
  await send("/storage/v1/b?project=test", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: bucket }),
  });
  const options = { endpoint: url, pageSize };
  return {
    store: gcsStore(bucket, options),
    missing: gcsStore(`${bucket}-missing`, options),
    forbidden: undefined, // the emulator asks nobody who they are
    put: (key, body) =>
      send(
        `/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${
          encodeURIComponent(key)
        }`,
        { method: "POST", body },
      ),
    delete: (key) =>
      send(`/storage/v1/b/${bucket}/o/${encodeURIComponent(key)}`, {
        method: "DELETE",
      }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
