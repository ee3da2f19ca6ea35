import { createServer } from "node:https";
import type { PeerCertificate, TLSSocket } from "node:tls";
import { authority, serverCert, serverKey } from "./certificates_data.ts";

/** Options of {@linkcode openMutual}. */
export interface MutualOptions {
  /** Whether who has no certificate is refused. */
  readonly demands: boolean;
  /** Where it redirects to; it answers itself without one. */
  readonly location?: string;
  /** Whether it takes a certificate; answers 401 if not. */
  readonly accepts?: (certificate: PeerCertificate) => boolean;
}

/**
 * Serves HTTPS on loopback, asks clients for a certificate, and answers with
 * its name.
 *
 * @param options Who may come.
 * @returns The URL; the server ends when it is disposed of.
 */
export async function openMutual(
  { demands, location, accepts = () => true }: MutualOptions,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer({
    cert: serverCert,
    key: serverKey,
    ca: [authority],
    requestCert: true,
    rejectUnauthorized: demands,
  }, ({ socket }, response) => {
    const certificate = (socket as TLSSocket).getPeerCertificate();
    if (location !== undefined) response.writeHead(302, { location });
    if (!accepts(certificate)) response.writeHead(401);
    response.end(JSON.stringify(certificate.subject?.CN ?? null));
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
