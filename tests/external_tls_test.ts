import { assertEquals, assertRejects } from "@std/assert";
import { createServer } from "node:https";
import type { TLSSocket } from "node:tls";
import { ConnectionError } from "@koprs/koprs/core";
import { localPoller, take } from "./external/origin.ts";
import {
  authority,
  clientCert,
  clientKey,
  serverCert,
  serverKey,
} from "./tls/certificates_data.ts";

/** Options of {@linkcode openMutual}. */
interface MutualOptions {
  /** Whether who has no certificate is refused. */
  readonly demands: boolean;
  /** Where it redirects to; it answers itself without one. */
  readonly location?: string;
}

/** A server that asks clients for a certificate, and answers with its name. */
async function openMutual({ demands, location }: MutualOptions) {
  const server = createServer({
    cert: serverCert,
    key: serverKey,
    ca: [authority],
    requestCert: true,
    rejectUnauthorized: demands,
  }, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    if (location !== undefined) {
      response.writeHead(302, { location });
    }
    response.end(JSON.stringify(subject?.CN ?? null));
  });
  server.on("tlsClientError", () => {}); // what tests are about
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as { readonly port: number };
  return {
    url: `https://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

const trust = { caCerts: [authority] };
const identity = { ...trust, cert: clientCert, key: clientKey };

Deno.test("httpPoller() proves itself by a certificate to a server that demands one", async () => {
  await using server = await openMutual({ demands: true });
  const [event] = await take(localPoller(server.url, { tls: identity }));
  assertEquals(event?.object.body, "koprs test client");
  await assertRejects(
    () => take(localPoller(server.url, { tls: trust })),
    ConnectionError,
    "it demands a client certificate",
  );
});

Deno.test("F155: httpPoller() shows its certificate to no other origin, and trusts it by the same authorities", async () => {
  await using other = await openMutual({ demands: false });
  const location = other.url;
  await using server = await openMutual({ demands: true, location });
  const [event] = await take(localPoller(server.url, { tls: identity }));
  assertEquals([event?.object.url, event?.object.body], [other.url, null]);
});
