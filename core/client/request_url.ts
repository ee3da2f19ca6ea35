/** Values of query parameters; `undefined` leaves one out, a list repeats it. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/**
 * Joins the URL of a server, a path and a query.
 *
 * The path of the server is kept, as for servers behind a proxy.
 *
 * @example Join the parts
 * ```ts
 * import { requestUrl } from "./request_url.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   requestUrl("https://proxy/cluster-1/", "/api/v1/pods", { watch: 1 }),
 *   "https://proxy/cluster-1/api/v1/pods?watch=1",
 * );
 * ```
 *
 * @param server The URL of the server.
 * @param path The encoded path; starts with a slash.
 * @param query The query.
 * @returns The URL.
 * @throws {TypeError} If the path would lead elsewhere.
 */
export function requestUrl(
  server: string,
  path: string,
  query?: Query,
): string {
  if (!path.startsWith("/") || elsewhere.test(path)) {
    throw new TypeError(
      `Cannot request ${JSON.stringify(path)}: it is no plain absolute path`,
    );
  }
  const base = server.endsWith("/") ? server.slice(0, -1) : server;
  if (query === undefined) return base + path;
  let text = "";
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    for (const one of typeof value === "object" ? value : [value]) {
      text += `${text === "" ? "?" : "&"}${encodeURIComponent(name)}=${
        encodeURIComponent(one)
      }`;
    }
  }
  return base + path + text;
}

/** Queries, fragments, and what URL parsers take for `/../` or `/`. */
const elsewhere = /[?#\\\s]|\/(?:\.|%2e){1,2}(?:\/|$)/i;
