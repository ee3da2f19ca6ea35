/** A certificate and its key as PEM. */
export interface ServerCertificate {
  /** The certificate, which clients trust as their authority too. */
  readonly cert: string;
  /** Its private key. */
  readonly key: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;

/**
 * Makes a certificate for 127.0.0.1 and localhost that signs itself and is valid
 * for a year, for {@linkcode FakeApiServerOptions.tls}.
 *
 * @returns The certificate.
 *
 * @example Serve over TLS
 * ```ts
 * import { FakeApiServer, makeServerCertificate } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const tls = await makeServerCertificate();
 * await using server = new FakeApiServer({ tls });
 * using client = Deno.createHttpClient({ caCerts: [tls.cert] });
 * const response = await fetch(`${server.url}/readyz`, { client });
 * assertEquals(await response.text(), "ok");
 * ```
 */
export async function makeServerCertificate(): Promise<ServerCertificate> {
  await import("npm:reflect-metadata@^0.2.2");
  const x509 = await import("npm:@peculiar/x509@^2.2.0");
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, [
    "sign",
    "verify",
  ]);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=koprs embedded API server",
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + 365 * DAY),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      // Clients refuse an authority as a server.
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
      ]),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    cert: `${certificate.toString("pem")}\n`,
    key: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}
