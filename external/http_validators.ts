/** What a server said of the state of a document. */
export interface HttpValidators {
  /** The URL that said so, after redirects. */
  readonly url: string;
  /** Its `ETag`, as it was written. */
  readonly etag: string | undefined;
  /** Its `Last-Modified`, as it was written. */
  readonly lastModified: string | undefined;
}

/**
 * Reads the validators of an answer, as far as they can be relied on.
 *
 * `Last-Modified` counts only if the server sent the answer at least a second
 * after it: a second change in the same second would go unseen (RFC 9110,
 * section 8.8.2.2). Both times are the server's.
 *
 * @example Read an ETag
 * ```ts
 * import { validatorsOf } from "./http_validators.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const headers = new Headers({ etag: 'W/"1"' });
 * const { etag } = validatorsOf(headers, "https://example.com/");
 * assertEquals(etag, 'W/"1"');
 * ```
 *
 * @param headers The headers of the answer.
 * @param url The URL that answered.
 * @returns The validators.
 */
export function validatorsOf(headers: Headers, url: string): HttpValidators {
  const etag = headers.get("etag") ?? "";
  const lastModified = headers.get("last-modified") ?? "";
  const age = Date.parse(headers.get("date") ?? "") - Date.parse(lastModified);
  return {
    url,
    etag: /^[\x21-\x7e]{1,1000}$/.test(etag) ? etag : undefined,
    lastModified: age >= 1_000 && lastModified.length < 100
      ? lastModified
      : undefined,
  };
}

/**
 * Makes the header that asks for a document only if it has changed.
 *
 * @example Ask by ETag
 * ```ts
 * import { conditionOf } from "./http_validators.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const url = "https://example.com/";
 * const validators = { url, etag: '"1"', lastModified: undefined };
 * assertEquals(conditionOf(validators, url), { "if-none-match": '"1"' });
 * assertEquals(conditionOf(validators, "https://example.org/"), {});
 * ```
 *
 * @param validators What the server said before, if anything.
 * @param url The URL that is asked; those of another one do not count.
 * @returns One header, or none.
 */
export function conditionOf(
  validators: HttpValidators | undefined,
  url: string,
): Readonly<Record<string, string>> {
  if (validators === undefined || validators.url !== url) return {};
  const { etag, lastModified } = validators;
  if (etag !== undefined) return { "if-none-match": etag };
  if (lastModified !== undefined) return { "if-modified-since": lastModified };
  return {};
}
