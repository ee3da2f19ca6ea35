import { tooLarge } from "./status_errors.ts";

/** The largest body the server reads, in bytes. */
export const BODY_LIMIT = 3 * 1024 * 1024;

const decoder = new TextDecoder();

/**
 * Reads the body of a request.
 *
 * @param request The request.
 * @returns The body as text.
 * @throws {StatusError} 413 if it is too large.
 */
export async function readBody(request: Request): Promise<string> {
  return decoder.decode(await readBytes(request));
}

/**
 * Reads the body of a request that is no text.
 *
 * @param request The request.
 * @returns The body.
 * @throws {StatusError} 413 if it is too large.
 */
export async function readBytes(
  request: Request,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > BODY_LIMIT) {
    await request.body?.cancel();
    throw tooLarge(`Request entity too large: limit is ${BODY_LIMIT}`);
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength > BODY_LIMIT) {
    throw tooLarge(`Request entity too large: limit is ${BODY_LIMIT}`);
  }
  return bytes;
}
