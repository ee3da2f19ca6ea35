import { base64Error } from "../resource/base64_error.ts";
import { isObject } from "../merge/json_value.ts";
import { StatusError } from "../http/status_error.ts";
import { badRequest } from "../http/status_errors.ts";

/** Where a list goes on. */
export interface ContinueToken {
  /** The revision of the list; −1 to go on with what there is now. */
  readonly revision: number;
  /** The first key that is not yet listed, after the prefix of the list. */
  readonly start: string;
}

/**
 * Writes a token as the API server does.
 *
 * @param token Where the list goes on.
 * @returns base64url without padding.
 */
export function encodeContinue({ revision, start }: ContinueToken): string {
  const json = JSON.stringify({
    v: "meta.k8s.io/v1",
    rv: revision,
    start: `${start}\0`,
  });
  const bytes = new TextEncoder().encode(json);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-")
    .replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Reads a token.
 *
 * @param text What {@linkcode encodeContinue} made.
 * @returns Where the list goes on.
 * @throws {StatusError} 400 if it is not such a token.
 */
export function decodeContinue(text: string): ContinueToken {
  const token = parse(text);
  if (token.v !== "meta.k8s.io/v1") {
    throw invalidToken(
      `server does not recognize this encoded version ${token.v ?? ""}`,
    );
  }
  const { rv, start } = token;
  if (typeof start !== "string" || start === "" || typeof rv !== "number") {
    throw invalidToken("incorrect encoded start resourceVersion");
  }
  if (rv === 0) throw invalidToken("incorrect encoded start resourceVersion");
  if (start.split("/").includes("..")) throw invalidToken(start);
  return { revision: rv, start: start.replace(/\0$/, "") };
}

function parse(text: string): Record<string, unknown> {
  const byte = base64Error(text, false);
  if (byte !== undefined) {
    throw invalidToken(`illegal base64 data at input byte ${byte}`);
  }
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    if (!binary.startsWith("{")) throw invalidToken(unexpected(binary));
    const token: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isObject(token)) return token;
  } catch (error) {
    if (error instanceof StatusError) throw error;
  }
  throw invalidToken("illegal base64 data at input byte 0");
}

function unexpected(text: string): string {
  const code = text.charCodeAt(0).toString(16).padStart(4, "0");
  return `invalid character '\\u${code}' looking for beginning of value`;
}

function invalidToken(why: string): Error {
  return badRequest(
    `invalid continue token: continue key is not valid: ${why}`,
  );
}
