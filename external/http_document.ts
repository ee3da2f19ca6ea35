/**
 * A document that was fetched.
 *
 * @typeParam T The type of its body.
 */
export interface HttpDocument<T> {
  /** Where it was found, after redirects, without a query. */
  readonly url: string;
  /** HTTP status code, 200 to 299. */
  readonly status: number;
  /** Its `ETag`. */
  readonly etag: string | undefined;
  /** Its `Last-Modified`. */
  readonly lastModified: string | undefined;
  /** Its `Content-Type`. */
  readonly contentType: string | undefined;
  /** Its body, decoded. */
  readonly body: T;
}

/**
 * A URL that may be shown: without query, fragment, user and password.
 *
 * @example Leave out a token
 * ```ts
 * import { shownUrl } from "./http_document.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const url = new URL("https://me:pw@example.com/a?token=abc#b");
 * assertEquals(shownUrl(url), "https://example.com/a");
 * ```
 *
 * @param url The URL.
 * @returns Its origin and path.
 */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
