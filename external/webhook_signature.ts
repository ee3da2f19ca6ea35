/** How a sender signs its requests: HMAC with SHA-256 over the body. */
export interface WebhookSignature {
  /**
   * The header that holds the signature.
   *
   * @default {"x-hub-signature-256"} as GitHub
   */
  readonly header?: string | undefined;
  /**
   * What comes before the signature in the header.
   *
   * @default {"sha256="}
   */
  readonly prefix?: string | undefined;
  /**
   * How the signature is written.
   *
   * @default {"hex"}
   */
  readonly encoding?: "hex" | "base64" | undefined;
}

/** Options of {@linkcode isSigned}. */
export interface IsSignedOptions extends WebhookSignature {
  /** The headers of the request. */
  readonly headers: Headers;
  /** The secrets; one must fit. */
  readonly secrets: readonly string[];
}

/**
 * Whether a body was signed with one of the secrets.
 *
 * Takes the same time whatever the signature.
 *
 * @example Check a signature
 * ```ts
 * import { isSigned } from "./webhook_signature.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const body = new TextEncoder().encode("hello");
 * const signature =
 *   "88aab3ede8d3adf94d26ab90d3bafd4a2083070c3bcce9c014ee04a443847c0b";
 * const headers = new Headers({ "x-hub-signature-256": `sha256=${signature}` });
 * assertEquals(await isSigned(body, { headers, secrets: ["secret"] }), true);
 * assertEquals(await isSigned(body, { headers, secrets: ["other"] }), false);
 * ```
 *
 * @param body The body.
 * @param options The headers and secrets.
 * @returns Whether it was; `false` without a signature.
 */
export async function isSigned(
  body: Uint8Array<ArrayBuffer>,
  options: IsSignedOptions,
): Promise<boolean> {
  const signature = signatureOf(options);
  if (signature === undefined) return false;
  let signed = false;
  for (const secret of options.secrets) {
    const key = await crypto.subtle.importKey(
      "raw",
      new TextEncoder().encode(secret),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["verify"],
    );
    if (await crypto.subtle.verify("HMAC", key, signature, body)) signed = true;
  }
  return signed;
}

function signatureOf(
  options: IsSignedOptions,
): Uint8Array<ArrayBuffer> | undefined {
  const { header = "x-hub-signature-256", prefix = "sha256=" } = options;
  const value = options.headers.get(header) ?? "";
  if (!value.startsWith(prefix)) return undefined;
  const text = value.slice(prefix.length);
  try {
    return options.encoding === "base64"
      ? Uint8Array.fromBase64(text)
      : Uint8Array.fromHex(text);
  } catch {
    return undefined;
  }
}
