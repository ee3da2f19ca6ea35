import { type Clock, systemClock } from "../timing/clock.ts";
import type { Credentials, CredentialsOptions } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { permissionError } from "./permissions.ts";
import { SingleFlight } from "./single_flight.ts";

/**
 * Makes credentials of a token that stays as it is.
 *
 * @example Make the header
 * ```ts
 * import { bearerToken } from "./credentials.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { authorization } = await bearerToken("abc\n").headers();
 * assertEquals(authorization, "Bearer abc");
 * ```
 *
 * @param token The token; white space around it is cut off.
 * @param source Where it came from, for messages.
 * @returns The credentials.
 * @throws {ConfigError} If there is no token, or none that fits a header.
 */
export function bearerToken(token: string, source = "the token"): Credentials {
  return fixed(`Bearer ${checkedToken(token, source)}`);
}

/**
 * Makes credentials of a user name and a password, which few servers take.
 *
 * @example Make the header
 * ```ts
 * import { basicAuth } from "./credentials.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { authorization } = await basicAuth("me", "secret").headers();
 * assertEquals(authorization, "Basic bWU6c2VjcmV0");
 * ```
 *
 * @param username The user name.
 * @param password The password.
 * @returns The credentials.
 */
export function basicAuth(username: string, password: string): Credentials {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return fixed(`Basic ${bytes.toBase64()}`);
}

/** Options of {@linkcode tokenFile}. */
export interface TokenFileOptions {
  /**
   * The token to use until the file can be read.
   *
   * @default {undefined} none
   */
  readonly token?: string | undefined;
  /**
   * How long a token is used before the file is read again, in milliseconds.
   *
   * @default {60000}
   */
  readonly maxAge?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Makes credentials of a token in a file that is replaced now and then, such
 * as that of a service account.
 *
 * While the file is missing, empty or half-written the last token stays in
 * use, as in client-go. Needs `--allow-read` for the file.
 *
 * @example Follow a file
 * ```ts
 * import { tokenFile } from "./credentials.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "abc\n");
 * const { authorization } = await tokenFile(path).headers();
 * assertEquals(authorization, "Bearer abc");
 * await Deno.remove(path);
 * ```
 *
 * @param path The path of the file.
 * @param options A first token, and how often to look.
 * @returns The credentials.
 */
export function tokenFile(
  path: string,
  options: TokenFileOptions = {},
): Credentials {
  const { maxAge = 60_000, clock = systemClock } = options;
  let token = options.token;
  let readAt = -Infinity;
  const flight = new SingleFlight(async () => {
    try {
      token = await readToken(path);
    } catch (error) {
      if (token === undefined) throw error;
    }
    readAt = clock.now();
    return token;
  });
  return {
    async headers({ signal, refresh = false }: CredentialsOptions = {}) {
      const fresh = clock.now() - readAt < maxAge && !refresh;
      const current = fresh && token !== undefined
        ? token
        : await flight.join(signal);
      return { authorization: `Bearer ${current}` };
    },
  };
}

async function readToken(path: string): Promise<string> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw permissionError(`Cannot read token file ${path}`, [
        { name: "read", path },
      ]);
    }
    throw new ConfigError(
      `Cannot read token file ${path}: ` +
        (error instanceof Deno.errors.NotFound
          ? "it does not exist"
          : "the system refuses it"),
    );
  }
  return checkedToken(text, `token file ${path}`);
}

/** What `fetch` refuses in a header it would quote in its error. */
function checkedToken(text: string, source: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new ConfigError(
    `Cannot use ${source}: ` +
      (token === "" ? "it is empty" : "it holds characters that no token has"),
  );
}

function fixed(authorization: string): Credentials {
  const headers = { authorization };
  return { headers: () => Promise.resolve(headers) };
}
