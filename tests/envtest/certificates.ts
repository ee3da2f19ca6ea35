/** The keys and certificates of one API server, as PEM text. */
export interface Certificates {
  /** Certificate authority that signed the others. */
  readonly ca: string;
  /** Serves 127.0.0.1 and localhost. */
  readonly server: KeyPair;
  /** A client in the group `system:masters`. */
  readonly admin: KeyPair;
  /** Signs tokens of service accounts; `certificate` is a public key. */
  readonly serviceAccount: KeyPair;
}

/** A private key and what proves it. */
export interface KeyPair {
  /** PKCS #8, as PEM text. */
  readonly key: string;
  /** Certificate or public key, as PEM text. */
  readonly certificate: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 24 * 60 * 60 * 1_000;

/**
 * Makes a certificate authority and what a server and its administrator need,
 * all X.509 v3, since rustls refuses older ones.
 *
 * @returns The certificates and keys.
 */
export async function makeCertificates(): Promise<Certificates> {
  await import("npm:reflect-metadata@^0.2.2"); // @peculiar/x509 wants it first
  const x509 = await import("npm:@peculiar/x509@^2.2.0");
  const validity = {
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 30 * DAY),
    signingAlgorithm: ALGORITHM,
  };
  const authority = await generateKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: "CN=envtest-ca",
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });
  async function signed(
    subject: string,
    extensions: InstanceType<typeof x509.Extension>[],
  ): Promise<KeyPair> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity,
      subject,
      issuer: ca.subject,
      publicKey: keys.publicKey,
      signingKey: authority.privateKey,
      extensions,
    });
    return {
      key: await keyText(keys.privateKey),
      certificate: certificate.toString("pem"),
    };
  }
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
  const serviceAccount = await generateKeys();
  return {
    ca: ca.toString("pem"),
    server: await signed("CN=kube-apiserver", [
      new x509.ExtendedKeyUsageExtension([serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
      ]),
    ]),
    admin: await signed("O=system:masters,CN=admin", [
      new x509.ExtendedKeyUsageExtension([clientAuth]),
    ]),
    serviceAccount: {
      key: await keyText(serviceAccount.privateKey),
      certificate: await keyText(serviceAccount.publicKey),
    },
  };
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function keyText(key: CryptoKey): Promise<string> {
  const [format, label] = key.type === "private"
    ? ["pkcs8", "PRIVATE KEY"] as const
    : ["spki", "PUBLIC KEY"] as const;
  const bytes = new Uint8Array(await crypto.subtle.exportKey(format, key));
  const lines = bytes.toBase64().match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""]
    .join("\n");
}
