import { request } from "node:https";
import { WebhookCallError } from "./webhook_call_error.ts";

/** A POST over TLS to a server that may have another name. */
export interface HttpsPost {
  /** Host to connect to. */
  readonly hostname: string;
  /** Port to connect to. */
  readonly port: number;
  /** The URL, whose host the certificate must name. */
  readonly url: URL;
  /** Headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly body: string;
  /** Certificates that vouch for it, as PEM; those of the system without. */
  readonly authority: string | undefined;
  /** Ends the call. */
  readonly signal: AbortSignal;
}

/**
 * Sends a POST over a connection of its own. It goes by `node:https`, since
 * `fetch` cannot demand a certificate of another name than that of the host it
 * connects to, as the API server does for Services.
 *
 * Needs `--allow-net` for the host.
 *
 * @param post The request.
 * @returns The answer.
 * @throws {WebhookCallError} If there is none, in the words of Go.
 */
export async function postHttps(post: HttpsPost): Promise<Response> {
  const { hostname, port, url, authority, body, signal } = post;
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const sent = request({
    method: "POST",
    hostname,
    port,
    servername: url.hostname,
    path: url.pathname + url.search,
    headers: {
      ...post.headers,
      host: url.host,
      "content-length": String(new TextEncoder().encode(body).length),
    },
    agent: false,
    signal,
    ...authority === undefined ? {} : { ca: [authority] },
  });
  sent.on("response", (answer) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    answer.on("data", (chunk: Uint8Array<ArrayBuffer>) => chunks.push(chunk));
    answer.on("error", reject);
    answer.on("end", () => {
      const type = answer.headers["content-type"];
      const headers = type === undefined ? [] : [["content-type", type]];
      const { statusCode: status = 0 } = answer;
      const hasBody = ![101, 204, 205, 304].includes(status);
      resolve(
        new Response(hasBody ? new Blob(chunks) : null, {
          status,
          headers: new Headers(headers as [string, string][]),
        }),
      );
    });
  });
  sent.on("error", reject);
  sent.end(body);
  try {
    return await promise;
  } catch (error) {
    throw new WebhookCallError(goDialError(error, post));
  }
}

/** What Go says about a connection that fails. */
function goDialError(error: unknown, { hostname, port }: HttpsPost): string {
  const { code, message } = error instanceof Error
    ? error as Error & { readonly code?: string }
    : { code: undefined, message: String(error) };
  const verify = "tls: failed to verify certificate: x509";
  switch (code) {
    case "ECONNREFUSED": {
      const address = hostname === "localhost" ? "127.0.0.1" : hostname;
      return `dial tcp ${address}:${port}: connect: connection refused`;
    }
    case "ENOTFOUND":
      return `dial tcp: lookup ${hostname}: no such host`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return `${verify}: certificate signed by unknown authority`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `${verify}: ${message}`;
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return `${verify}: certificate has expired or is not yet valid`;
    case "ECONNRESET":
      return "EOF";
  }
  return message;
}
