import type { ClientConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import type { ConnectionError } from "./connection_error.ts";

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

/**
 * Explains a failed handshake where the configuration asks for what `fetch`
 * cannot do: to skip the check of the server, or to check another name.
 *
 * @example Tell how to skip the check
 * ```ts
 * import { ConnectionError } from "@koprs/koprs/core";
 * import { handshakeError } from "./tls_error.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const error = handshakeError(
 *   new ConnectionError("unknown issuer", { kind: "tls" }),
 *   { server: "https://10.0.0.1:6443", tls: { insecureSkipVerify: true } },
 * );
 * assertStringIncludes(
 *   error.message,
 *   "--unsafely-ignore-certificate-errors=10.0.0.1",
 * );
 * ```
 *
 * @param error The failed handshake.
 * @param config What was asked for.
 * @returns What to do about it, or the same error.
 */
export function handshakeError(
  error: ConnectionError,
  config: ClientConfig,
): ConnectionError | ConfigError {
  const { tls, server } = config;
  if (error.kind !== "tls") return error;
  const { origin, hostname, port } = new URL(server);
  if (tls?.insecureSkipVerify) {
    return new ConfigError(
      `Cannot skip the check of the certificate of ${origin}: Deno decides ` +
        `that at its start, give it the certificate authority of the server ` +
        `or start it with --unsafely-ignore-certificate-errors=${hostname}`,
    );
  }
  if (tls?.serverName !== undefined && tls.serverName !== hostname) {
    const { serverName } = tls;
    return new ConfigError(
      `Cannot check the certificate of ${origin} for the name ` +
        `"${serverName}": fetch takes the name from the URL, set server to ` +
        `https://${serverName}${port && `:${port}`} and let that name ` +
        `resolve to ${hostname}, in /etc/hosts for example`,
    );
  }
  return error;
}
