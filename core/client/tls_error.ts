import { ConfigError } from "./config_error.ts";

/** Texts of Deno 2.9 (rustls) by what is wrong, in our words. */
const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /UnsupportedCertVersion/,
    "the client certificate is X.509 version 1, " +
    "issue it again as version 3, with an extension",
  ],
  [
    /KeyMismatch/,
    "the client certificate does not belong to the private key",
  ],
  [
    /No keys found|decode key|private key/,
    "the private key of the client is no PEM text or is encrypted, " +
    "store it decrypted as PKCS #8, PKCS #1 or SEC1",
  ],
  [
    /No certificates found/,
    "the client certificate is no PEM text",
  ],
  [
    /BadEncoding|certificate/,
    "a certificate cannot be parsed, check that the PEM text is complete",
  ],
];

/**
 * Explains why Deno cannot use certificates, without quoting them.
 *
 * @example Explain a certificate of an old form
 * ```ts
 * import { httpClientError } from "./tls_error.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const error = httpClientError(
 *   new TypeError("invalid peer certificate: UnsupportedCertVersion"),
 *   "user admin of /home/me/.kube/config",
 * );
 * assertStringIncludes(error.message, "X.509 version 1");
 * ```
 *
 * @param error What `Deno.createHttpClient` threw.
 * @param where Where the certificates came from.
 * @returns The error.
 */
export function httpClientError(error: unknown, where: string): ConfigError {
  const text = error instanceof Error ? error.message : "";
  const explanation = explanations.find(([pattern]) => pattern.test(text))?.[1];
  return new ConfigError(
    `Cannot use the TLS or proxy settings of ${where}: ` +
      (explanation ?? "Deno does not accept them"),
  );
}
