/**
 * Serves HTTP on a free port of loopback.
 *
 * @param handler Answers requests.
 * @returns The URL; the server ends when it is disposed of.
 */
export function serveLoopback(
  handler: (request: Request) => Response,
): { url: string } & AsyncDisposable {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    handler,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
