import { ConnectionError } from "./connection_error.ts";

/** Options of {@linkcode readText}. */
export interface ReadTextOptions {
  /** The largest body, in bytes, as they are when decompressed. */
  readonly maxSize: number;
  /** The origin of the server, for messages. */
  readonly origin: string;
  /**
   * Called when a part has come.
   *
   * @default {undefined} nobody is told
   */
  readonly progress?: (() => void) | undefined;
}

/**
 * Reads a body as text, and no more of it than agreed.
 *
 * @example Read a text
 * ```ts
 * import { readText } from "./read_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = await readText(new Response("text"), {
 *   maxSize: 4,
 *   origin: "https://10.0.0.1:6443",
 * });
 * assertEquals(text, "text");
 * ```
 *
 * @param response The answer; a body that is too large is cancelled.
 * @param options The limit, and the server.
 * @returns The text.
 * @throws {ConnectionError} If the body is too large.
 */
export async function readText(
  { body, headers }: Response,
  { maxSize, origin, progress }: ReadTextOptions,
): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // What is too large by its own account is not even begun.
  const limit = Number(headers.get("content-length")) > maxSize ? -1 : maxSize;
  while (size <= limit) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(joined(chunks, size));
    chunks.push(value);
    size += value.length;
    progress?.();
  }
  await reader.cancel().catch(() => {});
  throw new ConnectionError(
    `Cannot read the answer of ${origin}: it is larger than ${maxSize} ` +
      `bytes, ask for less at once or raise maxResponseSize`,
    { kind: "other" },
  );
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
