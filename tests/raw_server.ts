/**
 * A TCP server on loopback for what no HTTP server does: break off, fall
 * silent, talk nonsense.
 */
export class RawServer implements AsyncDisposable {
  /** How many connections were made. */
  connections = 0;
  /** What was received, one entry for each connection. */
  readonly received: string[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.TcpConn>();
  readonly #serving: Promise<void>;

  /**
   * Listens on a free port.
   *
   * @param answer Gets each connection when the first bytes have come; the
   *   connection is closed when it resolves to `true`.
   */
  constructor(
    answer: (connection: Deno.TcpConn, index: number) => Promise<boolean>,
  ) {
    this.#serving = this.#serve(answer);
  }

  /** The URL of the server. */
  get url(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  /** Closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) connection.close();
    await this.#serving;
  }

  async #serve(
    answer: (connection: Deno.TcpConn, index: number) => Promise<boolean>,
  ): Promise<void> {
    const talks: Promise<void>[] = [];
    for await (const connection of this.#listener) {
      this.#open.add(connection);
      talks.push(this.#talk(connection, answer).catch(() => {}));
    }
    await Promise.all(talks);
  }

  async #talk(
    connection: Deno.TcpConn,
    answer: (connection: Deno.TcpConn, index: number) => Promise<boolean>,
  ): Promise<void> {
    const index = this.connections++;
    const buffer = new Uint8Array(65_536);
    const size = await connection.read(buffer) ?? 0;
    this.received[index] = new TextDecoder().decode(buffer.subarray(0, size));
    if (!await answer(connection, index)) return;
    this.#open.delete(connection);
    connection.close();
  }
}

/**
 * Writes text to a connection.
 *
 * @param connection The connection.
 * @param text The text.
 */
export async function send(
  connection: Deno.TcpConn,
  text: string,
): Promise<void> {
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  writer.releaseLock();
}
