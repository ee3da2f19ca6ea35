/** Where a connection was to go. */
export interface DialledAddress {
  /** The host. */
  readonly hostname: string;
  /** The port. */
  readonly port: number;
}

const VERIFY = "tls: failed to verify certificate: x509";
const UNKNOWN = `${VERIFY}: certificate signed by unknown authority`;
const EXPIRED = `${VERIFY}: certificate has expired or is not yet valid`;

/**
 * Says what Go says about a connection that fails.
 *
 * @param error The failure, of `node:https`.
 * @param to Where the connection was to go.
 * @returns The message.
 */
export function dialFailure(error: unknown, to: DialledAddress): string {
  const { code, message } = error instanceof Error
    ? error as Error & { readonly code?: string }
    : { code: undefined, message: String(error) };
  switch (code) {
    case "ECONNREFUSED":
      return refused(to);
    case "ENOTFOUND":
      return unknownHost(to);
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return UNKNOWN;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `${VERIFY}: ${message}`;
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return EXPIRED;
    case "ECONNRESET":
      return "EOF";
  }
  return message;
}

/**
 * Says what Go says about a `fetch` that fails.
 *
 * @param error The failure.
 * @param to Where the connection was to go.
 * @returns The message.
 */
export function fetchFailure(error: unknown, to: DialledAddress): string {
  const { cause } = error instanceof Error ? error : {};
  const text = `${error} ${cause}`;
  if (/connection refused/i.test(text)) return refused(to);
  if (/dns error/i.test(text)) return unknownHost(to);
  if (/UnknownIssuer|CaUsedAsEndEntity/.test(text)) return UNKNOWN;
  if (/invalid peer certificate: .*(Expired|NotValidYet)/i.test(text)) {
    return EXPIRED;
  }
  return error instanceof Error ? error.message : String(error);
}

function refused({ hostname, port }: DialledAddress): string {
  const address = hostname === "localhost" ? "127.0.0.1" : hostname;
  return `dial tcp ${address}:${port}: connect: connection refused`;
}

function unknownHost({ hostname }: DialledAddress): string {
  return `dial tcp: lookup ${hostname}: no such host`;
}
