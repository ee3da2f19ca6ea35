import type { Flags } from "./flag_book.ts";

/** An HTTP server with flags, for demonstrations and tests. */
export interface FlagServer extends AsyncDisposable {
  /** The URL of the flags. */
  readonly url: string;
  /** The flags; `undefined` makes it fail. */
  flags: Flags | undefined;
  /** How often it has been asked, and how often it said "not modified". */
  readonly requests: { all: number; notModified: number };
}

/**
 * Serves flags on a free port of loopback.
 *
 * @param initial The flags at first.
 * @returns The server.
 */
export function serveFlags(initial: Flags): FlagServer {
  const requests = { all: 0, notModified: 0 };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ headers }) => {
      requests.all++;
      if (flagServer.flags === undefined) {
        return new Response("down for repair", { status: 503 });
      }
      const body = JSON.stringify(flagServer.flags);
      const etag = `"${btoa(body)}"`;
      if (headers.get("if-none-match") === etag) {
        requests.notModified++;
        return new Response(null, { status: 304, headers: { etag } });
      }
      return new Response(body, { headers: { etag } });
    },
  );
  const flagServer: FlagServer = {
    url: `http://127.0.0.1:${server.addr.port}/flags.json`,
    flags: initial,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return flagServer;
}
