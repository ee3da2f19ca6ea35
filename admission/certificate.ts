import type { CertificatePair } from "./certificate_pair.ts";

/** Options of {@linkcode makeAuthority}. */
export interface AuthorityOptions {
  /** What it is called. */
  readonly name: string;
  /** From when on it is valid. */
  readonly notBefore: Date;
  /** Until when it is valid. */
  readonly notAfter: Date;
}

/** Options of {@linkcode makeLeaf}. */
export interface LeafOptions {
  /** Names of the server; the first is its common name. */
  readonly dnsNames: readonly string[];
  /** IP addresses of the server. */
  readonly ipAddresses: readonly string[];
  /** From when on it is valid. */
  readonly notBefore: Date;
  /** Until when it is valid. */
  readonly notAfter: Date;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Longer names fit no common name; the others are in an extension. */
const COMMON_NAME_LENGTH = 64;

/**
 * Makes a certificate authority: a key of P-256, and a certificate that it
 * signs for itself.
 *
 * @param options Its name and validity.
 * @returns The authority.
 */
export async function makeAuthority(
  options: AuthorityOptions,
): Promise<CertificatePair> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    signingAlgorithm: ALGORITHM,
    name: [{ CN: [options.name] }],
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: pem(certificate), key: await keyText(keys.privateKey) };
}

/**
 * Makes the certificate of a server.
 *
 * @param authority Who signs it.
 * @param options Its names and validity.
 * @returns The certificate.
 */
export async function makeLeaf(
  authority: CertificatePair,
  options: LeafOptions,
): Promise<CertificatePair> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.cert);
  const signingKey = await readKey(authority.key);
  const { publicKey, privateKey } = await generateKeys();
  const { dnsNames, ipAddresses } = options;
  const commonName =
    dnsNames.find((name) => name.length <= COMMON_NAME_LENGTH) ?? "webhook";
  const certificate = await x509.X509CertificateGenerator.create({
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    signingAlgorithm: ALGORITHM,
    subject: [{ CN: [commonName] }],
    issuer: issuer.subject,
    publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...dnsNames.map((value) => ({ type: "dns" as const, value })),
        ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { cert: pem(certificate), key: await keyText(privateKey) };
}

/** Loaded when first needed: most servers get their certificates elsewhere. */
async function loadX509(): Promise<typeof import("npm:@peculiar/x509@^2.2.0")> {
  await import("npm:reflect-metadata@^0.2.2"); // x509 wants it first
  return await import("npm:@peculiar/x509@^2.2.0");
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function readKey(text: string): Promise<CryptoKey> {
  const base64 = text.replace(/-----[^-]+-----|\s/g, "");
  const bytes = Uint8Array.fromBase64(base64);
  return await crypto.subtle.importKey("pkcs8", bytes, ALGORITHM, false, [
    "sign",
  ]);
}

async function keyText(key: CryptoKey): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.exportKey("pkcs8", key));
  const lines = bytes.toBase64().match(/.{1,64}/g) ?? [];
  return [
    "-----BEGIN PRIVATE KEY-----",
    ...lines,
    "-----END PRIVATE KEY-----",
    "",
  ].join("\n");
}

function pem(certificate: { toString(format: "pem"): string }): string {
  return `${certificate.toString("pem").trim()}\n`;
}
