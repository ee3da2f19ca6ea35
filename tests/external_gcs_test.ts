import { assertEquals, assertRejects } from "@std/assert";
import { ConfigError } from "@koprs/koprs/core";
import { gcsStore } from "@koprs/koprs/external/gcs";
import { Origin } from "./external/origin.ts";

/** The key of a service account that nobody knows. */
async function privateKey(): Promise<string> {
  const { privateKey } = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2_048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ["sign", "verify"],
  );
  const bytes = new Uint8Array(
    await crypto.subtle.exportKey("pkcs8", privateKey),
  );
  return `-----BEGIN PRIVATE KEY-----\n${bytes.toBase64()}\n-----END PRIVATE KEY-----\n`;
}

Deno.test("gcsStore() asks an emulator without credentials", async () => {
  await using origin = new Origin(() =>
    Response.json({ items: [{ name: "a", size: "1", generation: "7" }] })
  );
  const store = gcsStore("flags", { endpoint: origin.url });
  const objects = await Array.fromAsync(store.list(""));
  assertEquals(objects.map(({ key, etag }) => [key, etag]), [["a", "7"]]);
  assertEquals(origin.requests[0]?.has("authorization"), false);
});

Deno.test("gcsStore() asks no endpoint without the credentials that it was given", async () => {
  await using origin = new Origin(() => Response.json({ items: [] }));
  const store = gcsStore("flags", {
    endpoint: origin.url,
    maxRetries: 0,
    credentials: {
      client_email: "me@test.iam.gserviceaccount.com",
      private_key: await privateKey(),
    },
  });
  // Tests may not ask Google for a token.
  const denied = "--allow-net=";
  await assertRejects(
    () => Array.fromAsync(store.list("")),
    ConfigError,
    denied,
  );
  await assertRejects(() => store.get("a"), ConfigError, denied);
  assertEquals(origin.requests, []);
});
