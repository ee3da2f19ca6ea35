import { serverKey } from "./certificates_data.ts";

/** A running HTTPS server; disposing of it stops it. */
export interface TlsServer extends AsyncDisposable {
  /** The URL, with the address of loopback. */
  readonly url: string;
  /** How many requests came. */
  readonly requests: number;
  /** Over how many connections they came. */
  readonly connections: number;
}

/**
 * Serves HTTPS on a free port of loopback.
 *
 * @param cert The certificate, one for `serverKey`.
 * @param handler Answers requests; says `"ok"` without.
 * @returns The server.
 */
export function serveTls(
  cert: string,
  handler: (request: Request) => Response | Promise<Response> = () =>
    new Response("ok"),
): TlsServer {
  let requests = 0;
  const ports = new Set<number>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {}, cert, key: serverKey },
    (request, { remoteAddr }) => {
      requests++;
      ports.add(remoteAddr.port);
      return handler(request);
    },
  );
  return {
    url: `https://127.0.0.1:${server.addr.port}`,
    get requests() {
      return requests;
    },
    get connections() {
      return ports.size;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
