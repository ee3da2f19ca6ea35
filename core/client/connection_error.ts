/** Why a server could not be talked to. */
export type ConnectionErrorKind =
  | "refused"
  | "dns"
  | "tls"
  | "timeout"
  | "reset"
  | "other";

/** What a {@linkcode ConnectionError} holds besides its message. */
export interface ConnectionErrorOptions {
  /** Why the server could not be talked to. */
  readonly kind: ConnectionErrorKind;
}

/**
 * Says that no complete answer came: the server could not be reached, proved
 * no identity, or fell silent.
 *
 * A request that may have been sent may have been carried out as well, except
 * for the kinds `"refused"`, `"dns"` and `"tls"`, which end before it is sent.
 * The message names the server, never a path, a query or a header.
 *
 * @example Reach a server that is not there
 * ```ts
 * import { ConnectionError } from "@koprs/koprs/core";
 * import { createTransport } from "./transport.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await using transport = createTransport({ server: "http://127.0.0.1:20999" });
 * await assertRejects(
 *   () => transport.request({ method: "GET", path: "/version" }),
 *   ConnectionError,
 *   "Cannot reach http://127.0.0.1:20999: connection refused",
 * );
 * ```
 */
export class ConnectionError extends Error {
  /** The name of the class. */
  override readonly name = "ConnectionError";
  /** Why the server could not be talked to. */
  readonly kind: ConnectionErrorKind;

  /**
   * Makes an error.
   *
   * @param message Which server, and what happened.
   * @param options The kind.
   */
  constructor(message: string, options: ConnectionErrorOptions) {
    super(message);
    this.kind = options.kind;
  }
}

/**
 * Texts of Deno 2.9 (hyper, rustls; Node's modules) by kind; the first that
 * fits counts.
 */
const patterns: readonly (readonly [RegExp, ConnectionErrorKind, string?])[] = [
  [
    /dns error|ENOTFOUND|EAI_AGAIN/,
    "dns",
    "its name cannot be resolved",
  ],
  [
    /Connection refused|os error 111\b|ECONNREFUSED/,
    "refused",
    "connection refused",
  ],
  // These have the time in them, so that no two are equal.
  [
    /certificate (?:has )?expired/,
    "tls",
    "the certificate of the server has expired, renew it, " +
    "or set the clock of this machine",
  ],
  [
    /certificate not valid yet/,
    "tls",
    "the certificate of the server is not valid yet, " +
    "set the clock of this machine",
  ],
  [
    /fatal alert: CertificateRequired/,
    "tls",
    "it demands a client certificate",
  ],
  [
    /fatal alert: (BadCertificate|UnknownCA|Certificate(Expired|Revoked|Unknown))/,
    "tls",
    "it refuses the client certificate",
  ],
  [
    /match certificate's altnames/,
    "tls",
    "the certificate of the server is for another name",
  ],
  [
    /unable to (?:verify|get)[\w ]* certificate|self.signed certificate/,
    "tls",
    "the certificate of the server cannot be verified: " +
    "no trusted authority has signed it, or it has expired",
  ],
  [/disconnected before secure TLS/, "reset", "it closed the connection"],
  [/wrong version number/, "tls", "it does not talk TLS"],
  [
    /peer certificate|corrupt message|received fatal alert|tls|handshake/i,
    "tls",
  ],
  [/invalid HTTP version parsed/, "other", "it does not answer in HTTP"],
  [
    /closed before|reading a body|reset by peer|Broken pipe|IncompleteMessage|socket hang up|^aborted$|E(?:CONNRESET|PIPE)\b|unexpected (EOF|end of file)|connection (closed|error)/i,
    "reset",
    "it closed the connection",
  ],
  [
    /timed out|os error 110\b|ETIMEDOUT/,
    "timeout",
    "no answer to the connection",
  ],
  [/unreachable|os error 1(01|13)\b|E(?:HOST|NET)UNREACH/, "refused"],
];

/**
 * Turns what `fetch` or a body throws into a {@linkcode ConnectionError}.
 *
 * The texts of Deno name the whole URL, so only their last part is kept, and
 * the original error is not kept as a cause.
 *
 * @example Classify a failure
 * ```ts
 * import { connectionErrorFrom } from "./connection_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = connectionErrorFrom(
 *   new TypeError("error reading a body from connection"),
 *   "https://10.0.0.1:6443",
 * );
 * assertEquals(error.kind, "reset");
 * ```
 *
 * @param error What was thrown.
 * @param origin The origin of the server, such as `"https://10.0.0.1:6443"`.
 * @returns The error of the client.
 */
export function connectionErrorFrom(
  error: unknown,
  origin: string,
): ConnectionError {
  const text = technicalText(error);
  for (const [pattern, kind, explanation] of patterns) {
    if (!pattern.test(text)) continue;
    return new ConnectionError(
      `Cannot reach ${origin}: ${explanation ?? visibleText(text)}`,
      { kind },
    );
  }
  return new ConnectionError(`Cannot reach ${origin}: ${visibleText(text)}`, {
    kind: "other",
  });
}

/** The text of the innermost error. */
function technicalText(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) {
    inner = inner.cause;
  }
  return inner instanceof Error ? inner.message : "";
}

/** The part after the URL; other texts may hold header values or queries. */
function visibleText(text: string): string {
  const tail = /client error \(\w+\): ([^\n]{1,300})/.exec(text)?.[1];
  return tail ?? /^Fetch failed: ([^\n]{1,300})$/.exec(text)?.[1] ??
    "the request failed";
}
