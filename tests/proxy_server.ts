import { serverCert, serverKey } from "./tls/certificates_data.ts";

/** Who may use a {@linkcode ProxyServer}. */
const USER = "me";
const PASSWORD = "p@ss";

/**
 * A proxy on loopback that opens tunnels, as HTTP's CONNECT and as SOCKS5 ask
 * for; only to those with a password.
 */
export class ProxyServer implements AsyncDisposable {
  /** Where the tunnels led. */
  readonly targets: string[] = [];
  readonly #scheme: string;
  readonly #listener: Deno.Listener<Deno.Conn>;
  readonly #open = new Set<Deno.Conn>();
  readonly #serving: Promise<void>;

  /**
   * Listens on a free port.
   *
   * @param scheme `"http"`, `"https"` or `"socks5"`.
   */
  constructor(scheme: string) {
    this.#scheme = scheme;
    const address = { hostname: "127.0.0.1", port: 0 };
    this.#listener = scheme === "https"
      ? Deno.listenTls({ ...address, cert: serverCert, key: serverKey })
      : Deno.listen(address);
    this.#serving = this.#serve();
  }

  /** The URL, with the password. */
  get url(): string {
    const { port } = this.#listener.addr as Deno.NetAddr;
    const password = encodeURIComponent(PASSWORD);
    return `${this.#scheme}://${USER}:${password}@127.0.0.1:${port}`;
  }

  /** Closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) connection.close();
    await this.#serving;
  }

  async #serve(): Promise<void> {
    const talks: Promise<void>[] = [];
    for await (const near of this.#listener) {
      this.#open.add(near);
      talks.push(this.#talk(near).catch(() => {}));
    }
    await Promise.all(talks);
  }

  async #talk(near: Deno.Conn): Promise<void> {
    const target = this.#scheme === "socks5"
      ? await askedBySocks(near)
      : await askedByConnect(near);
    if (target === undefined) return this.#close(near);
    this.targets.push(target);
    const { hostname, port } = new URL(`http://${target}`);
    const far = await Deno.connect({ hostname, port: Number(port) });
    this.#open.add(far);
    await write(
      near,
      this.#scheme === "socks5"
        ? [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        : "HTTP/1.1 200 OK\r\n\r\n",
    );
    await Promise.allSettled([copy(near, far), copy(far, near)]);
    this.#close(near);
    this.#close(far);
  }

  #close(connection: Deno.Conn): void {
    if (this.#open.delete(connection)) connection.close();
  }
}

async function askedByConnect(near: Deno.Conn): Promise<string | undefined> {
  const head = new TextDecoder().decode(await read(near));
  if (head.includes(btoa(`${USER}:${PASSWORD}`))) {
    return /^CONNECT (\S+)/.exec(head)?.[1];
  }
  await write(near, "HTTP/1.1 407 x\r\ncontent-length: 0\r\n\r\n");
}

/** RFC 1928 and RFC 1929. */
async function askedBySocks(near: Deno.Conn): Promise<string | undefined> {
  await read(near);
  await write(near, [5, 2]);
  const proof = new TextDecoder().decode(await read(near));
  if (!proof.includes(USER) || !proof.endsWith(PASSWORD)) return;
  await write(near, [1, 0]);
  const [, , , type, ...rest] = await read(near);
  const address = type === 1 ? rest.slice(0, 4) : rest.slice(1, -2);
  const host = type === 1 ? address.join(".") : String.fromCharCode(...address);
  const [high = 0, low = 0] = rest.slice(-2);
  return `${host}:${high * 256 + low}`;
}

async function read(connection: Deno.Conn): Promise<Uint8Array> {
  const buffer = new Uint8Array(4_096);
  return buffer.subarray(0, await connection.read(buffer) ?? 0);
}

async function write(
  connection: Deno.Conn,
  data: string | readonly number[],
): Promise<void> {
  await connection.write(
    typeof data === "string"
      ? new TextEncoder().encode(data)
      : new Uint8Array(data),
  );
}

async function copy(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(65_536);
  try {
    for (;;) {
      const size = await from.read(buffer);
      if (size === null) break;
      for (let sent = 0; sent < size;) {
        sent += await to.write(buffer.subarray(sent, size));
      }
    }
  } finally {
    await to.closeWrite().catch(() => {});
  }
}
