import { createPrivateKey, X509Certificate } from "node:crypto";

/** What a server proves its name with, as PEM texts. */
export interface CertificatePair {
  /** The certificate, with those between it and the authority behind it. */
  readonly cert: string;
  /** Its private key. */
  readonly key: string;
}

/** Where a {@linkcode WebhookServer} gets its certificates from. */
export interface CertificateSource {
  /**
   * Yields the certificate to serve now, then each that follows it.
   *
   * A pair whose key is of another certificate may be among them, as while
   * files change one after the other: the server waits for the next.
   *
   * @param options When to stop.
   * @returns The certificates; ends on abort.
   */
  pairs(options: {
    /** Ends the iteration. */
    readonly signal: AbortSignal;
  }): AsyncIterable<CertificatePair>;
}

/** Says why a certificate and a private key are of no use together. */
export class PairError extends Error {
  /** Always `"PairError"`. */
  override readonly name = "PairError";
}

/** When a certificate is valid. */
export interface Validity {
  /** From when on. */
  readonly notBefore: Date;
  /** Until when. */
  readonly notAfter: Date;
}

/**
 * Makes sure that a certificate and a private key belong together, and can be
 * read: files and Secrets change one after the other.
 *
 * @example Refuse what is none
 * ```ts
 * import { checkPair, PairError } from "./certificate_pair.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => checkPair({ cert: "", key: "" }), PairError);
 * ```
 *
 * @param pair The pair.
 * @returns When the certificate is valid.
 * @throws {PairError} If they do not, or cannot.
 */
export function checkPair(pair: CertificatePair): Validity {
  const certificate = attempt(
    "the certificate is not PEM text of X.509",
    () => new X509Certificate(pair.cert),
  );
  const key = attempt(
    "the private key is not PEM text that can be read",
    () => createPrivateKey(pair.key),
  );
  if (!certificate.checkPrivateKey(key)) {
    throw failure("the private key is of another certificate");
  }
  return {
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

/** What a library says about a key stays here. */
function attempt<R>(reason: string, read: () => R): R {
  try {
    return read();
  } catch {
    throw failure(reason);
  }
}

function failure(reason: string): PairError {
  return new PairError(`Cannot use the certificate: ${reason}`);
}
