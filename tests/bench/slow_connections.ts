/** How often a byte is sent, in milliseconds. */
const PACE = 1_000;

/**
 * Opens connections that send the headers of a request a byte at a time: half
 * of them, the others send a body so.
 *
 * @param port The port on loopback.
 * @param count How many.
 * @returns Closes them when disposed.
 */
export async function holdSlowConnections(
  port: number,
  count: number,
): Promise<AsyncDisposable> {
  const encoder = new TextEncoder();
  const head = "POST /validate HTTP/1.1\r\nhost: a\r\n";
  const body = `${head}content-type: application/json\r\n` +
    "content-length: 7000\r\n\r\n{";
  const connections: Deno.Conn[] = [];
  for (let index = 0; index < count; index++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connections.push(connection);
    const text = index % 2 === 0 ? head : body;
    await connection.write(encoder.encode(text));
  }
  const byte = encoder.encode("x");
  const timer = setInterval(() => {
    for (const connection of connections) {
      connection.write(byte).catch(() => {}); // the server may have closed it
    }
  }, PACE);
  return {
    [Symbol.asyncDispose](): Promise<void> {
      clearInterval(timer);
      for (const connection of connections) connection.close();
      return Promise.resolve();
    },
  };
}
