import type {
  ClientCertificate,
  Credentials,
  CredentialsOptions,
} from "./config.ts";

/** What proves to an API server who the client is, at one moment. */
export interface Proof {
  /** Headers by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificate of the connection, if it comes from the credentials. */
  readonly certificate?: ClientCertificate | undefined;
}

/**
 * Asks credentials for a proof.
 *
 * @example Ask for one
 * ```ts
 * import { bearerToken } from "./credentials.ts";
 * import { readProof } from "./proof.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { headers } = await readProof(bearerToken("abc"));
 * assertEquals(headers, { authorization: "Bearer abc" });
 * ```
 *
 * @param credentials The credentials; none prove nothing.
 * @param options Whether to make new ones.
 * @returns The proof.
 */
export async function readProof(
  credentials: Credentials | undefined,
  options: CredentialsOptions = {},
): Promise<Proof> {
  if (credentials === undefined) return {};
  const headers = await credentials.headers(options);
  return { headers, certificate: credentials.clientCertificate };
}

/**
 * Whether two proofs are the same, so that a server that refused one refuses
 * the other.
 *
 * @example Compare two
 * ```ts
 * import { isSameProof } from "./proof.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isSameProof({ headers: { a: "1" } }, { headers: { a: "1" } }));
 * ```
 *
 * @param a One.
 * @param b The other.
 * @returns Whether they are the same.
 */
export function isSameProof(a: Proof, b: Proof): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
