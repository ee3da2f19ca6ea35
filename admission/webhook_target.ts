/** A service in front of webhooks. */
export interface WebhookService {
  /** Name of the service. */
  readonly name: string;
  /** Namespace of the service. */
  readonly namespace: string;
  /**
   * Port of the service.
   *
   * @default {443}
   */
  readonly port?: number;
}

/** Where webhooks are: behind a service, or at a URL. */
export interface WebhookTarget {
  /**
   * The service.
   *
   * @default {undefined} A URL is given.
   */
  readonly service?: WebhookService;
  /**
   * An `https` URL, as `"https://192.168.1.2:8443"`; the path is added.
   *
   * @default {undefined} A service is given.
   */
  readonly url?: string;
  /**
   * Certificates that vouch for the server, as PEM text.
   *
   * @default {undefined} Something else injects them.
   */
  readonly caBundle?: string;
}

/** How the API server reaches a webhook. */
export type WebhookClientConfig = {
  /** The service. */
  readonly service?: {
    /** Name of the service. */
    readonly name: string;
    /** Namespace of the service. */
    readonly namespace: string;
    /** Path of the webhook. */
    readonly path: string;
    /** Port of the service. */
    readonly port: number;
  };
  /** The URL with the path. */
  readonly url?: string;
  /** Certificates that vouch for the server: PEM text in base64. */
  readonly caBundle?: string;
};

/**
 * Says how the API server reaches a webhook.
 *
 * @param path Path of the webhook.
 * @param target Where it is.
 * @returns The configuration of the API server.
 * @throws {TypeError} If it is not clear where.
 */
export function clientConfig(
  path: string,
  { service, url, caBundle }: WebhookTarget,
): WebhookClientConfig {
  const trust = caBundle === undefined ? {} : { caBundle: encode(caBundle) };
  if (service !== undefined && url === undefined) {
    const { name, namespace, port = 443 } = service;
    return { service: { name, namespace, path, port }, ...trust };
  }
  if (url !== undefined && service === undefined) {
    return { url: join(url, path), ...trust };
  }
  throw new TypeError(
    "Cannot say where the webhooks are: set either service or url",
  );
}

function join(base: string, path: string): string {
  const { protocol, search, hash } = new URL(base);
  if (protocol !== "https:" || search !== "" || hash !== "") {
    throw new TypeError(
      `Cannot use the URL "${base}": API servers want https, and no query`,
    );
  }
  return base.replace(/\/$/, "") + path;
}

function encode(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}
