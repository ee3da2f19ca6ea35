import { request } from "node:https";
import { dialFailure } from "./dial_failure.ts";
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
  /** Certificates that vouch for it, as PEM. */
  readonly authorities: readonly string[];
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
  const { hostname, port, url, authorities, body, signal } = post;
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const sent = request({
    method: "POST",
    hostname,
    port,
    // An address needs no name, and is checked as one.
    ...isAddress(url.hostname) ? {} : { servername: url.hostname },
    path: url.pathname + url.search,
    headers: {
      ...post.headers,
      host: url.host,
      "content-length": String(new TextEncoder().encode(body).length),
    },
    agent: false,
    signal,
    ca: [...authorities],
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
    throw new WebhookCallError(dialFailure(error, post));
  }
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname);
}
