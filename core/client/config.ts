/** How a server proves its identity, and the client its own; PEM texts. */
export interface TlsConfig {
  /**
   * The authorities that may vouch for the server, besides those that Deno
   * trusts; each text may hold several certificates.
   *
   * @default {[]}
   */
  readonly caCerts?: readonly string[] | undefined;
  /** The certificate of the client; needs `key`. */
  readonly cert?: string | undefined;
  /** The private key of the client, not encrypted. */
  readonly key?: string | undefined;
  /**
   * The name that the certificate of the server must carry.
   *
   * @default {the host of the URL of the server}
   */
  readonly serverName?: string | undefined;
  /**
   * Whether any certificate of the server will do: whoever sits between sees
   * and changes everything. A log line warns of it.
   *
   * @default {false}
   */
  readonly insecureSkipVerify?: boolean | undefined;
}

/** A client certificate with its private key; PEM texts. */
export interface ClientCertificate {
  /** The certificate, followed by intermediate ones. */
  readonly cert: string;
  /** The private key, not encrypted. */
  readonly key: string;
}

/** What {@linkcode Credentials.headers} may be asked for. */
export interface CredentialsOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the server refused the last ones.
   *
   * @default {false}
   */
  readonly refresh?: boolean | undefined;
}

/** Who the client is; may change while a program runs. */
export interface Credentials {
  /**
   * The headers that prove it.
   *
   * @param options Whether to make new ones.
   * @returns Headers by lower-case name.
   */
  headers(
    options?: CredentialsOptions,
  ): Promise<Readonly<Record<string, string>>>;
  /** The certificate that proves it, as of the last call of `headers`. */
  readonly clientCertificate?: ClientCertificate | undefined;
}

/** Whom to act as, if the API server allows it. */
export interface Impersonation {
  /** Name of the user. */
  readonly user: string;
  /** UID of the user. */
  readonly uid?: string | undefined;
  /** Groups of the user. @default {[]} */
  readonly groups?: readonly string[] | undefined;
  /** More attributes of the user. @default {{}} */
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Which API server to talk to, and as whom. */
export interface ClientConfig {
  /** URL of the API server; may have a path that comes before all others. */
  readonly server: string;
  /**
   * The namespace of the program, or of the context.
   *
   * @default {undefined} nobody said
   */
  readonly namespace?: string | undefined;
  /** How to trust the server, and a fixed client certificate. */
  readonly tls?: TlsConfig | undefined;
  /** Reads `tls` again, after a failed handshake or refused credentials. */
  readonly reloadTls?: (() => Promise<TlsConfig>) | undefined;
  /** Who the client is; anonymous, or by certificate, without. */
  readonly credentials?: Credentials | undefined;
  /** Whom to act as. */
  readonly impersonate?: Impersonation | undefined;
  /** URL of an HTTP, HTTPS or SOCKS5 proxy; may hold user and password. */
  readonly proxyUrl?: string | undefined;
  /** Where all this came from, for messages. */
  readonly source?: string | undefined;
}
