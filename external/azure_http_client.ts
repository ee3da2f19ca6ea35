import { Readable } from "node:stream";
import type {
  HttpHeaders,
  HttpOperationResponse,
  IHttpClient,
  WebResource,
  // Only who imports this file downloads it.
  // deno-lint-ignore no-import-prefix
} from "npm:@azure/storage-blob@^12.34.0";

/** How long an answer may take to begin, in milliseconds. */
const timeout = 30_000;

/**
 * Sends the requests of Azure's library by `fetch`.
 *
 * Its own client speaks Node's TLS, for which Deno wants `--allow-sys` without
 * a scope, and which does not know the authorities of `--cert`.
 */
export const azureHttpClient: IHttpClient = {
  async sendRequest(request): Promise<HttpOperationResponse> {
    const response = await send(request);
    const { status, body } = response;
    const headers = headersOf(response, request);
    if (body !== null && request.streamResponseStatusCodes?.has(status)) {
      const readableStreamBody = Readable.from(body);
      return { request, status, headers, readableStreamBody };
    }
    return { request, status, headers, bodyAsText: await response.text() };
  },
};

async function send(
  { url, method, headers, abortSignal }: WebResource,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeout);
  const signals = abortSignal instanceof AbortSignal ? [abortSignal] : [];
  try {
    return await fetch(url, {
      method,
      headers: headers.toJson(),
      redirect: "manual",
      signal: AbortSignal.any([late.signal, ...signals]),
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    // The library repeats requests whose error has this code.
    throw Object.assign(new Error("Cannot send", { cause: error }), {
      code: "REQUEST_SEND_ERROR",
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The library exports the type of headers, and no way to make them. */
function headersOf(response: Response, request: WebResource): HttpHeaders {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of response.headers) headers.set(name, value);
  return headers;
}
