import type { Socket } from "node:net";
import { ConnectionError } from "./connection_error.ts";

/** Where a tunnel leads. */
export interface TunnelTarget {
  /** Name or address. */
  readonly host: string;
  /** The port. */
  readonly port: number;
}

/** Version of the protocol (RFC 1928). */
const VERSION = 5;
/** Ways to prove who one is. */
const NOTHING = 0;
const PASSWORD = 2;
/** What one asks for, and how one names it. */
const CONNECT = 1;
const BY_NAME = 3;
/** Bytes of an address in a reply, by type, without those that tell them. */
const ADDRESS_SIZES: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

/**
 * Opens a connection through a SOCKS5 proxy (RFC 1928, RFC 1929), which also
 * resolves the name.
 *
 * @param proxy The URL of the proxy; may hold user and password.
 * @param target Where the connection leads.
 * @returns The connection.
 * @throws {Error} If the proxy cannot be reached or refuses.
 */
export async function openSocksTunnel(
  proxy: URL,
  target: TunnelTarget,
): Promise<Socket> {
  const { connect } = await import("node:net");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({
    host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(proxy.port || 1080),
  });
  socket.once("connect", resolve);
  socket.once("error", reject);
  socket.setTimeout(
    30_000,
    () => socket.destroy(new Error("the proxy timed out")),
  );
  try {
    await promise;
    await agree(socket, proxy);
    await ask(socket, target);
  } catch (error) {
    socket.destroy();
    throw error instanceof Refusal
      ? new ConnectionError(
        `Cannot reach https://${target.host}:${target.port}: ${error.message}`,
        { kind: "other" },
      )
      : error;
  }
  socket.setTimeout(0);
  socket.off("error", reject);
  return socket;
}

/** What the proxy does not do, and why. */
class Refusal extends Error {}

async function agree(
  socket: Socket,
  { username, password }: URL,
): Promise<void> {
  const method = username === "" ? NOTHING : PASSWORD;
  socket.write(new Uint8Array([VERSION, 1, method]));
  const [, chosen] = await read(socket, 2);
  if (chosen !== method) {
    throw new Refusal("its proxy wants another way to prove who one is");
  }
  if (method === NOTHING) return;
  const words = [username, password].map(decodeURIComponent).flatMap(sized);
  socket.write(new Uint8Array([1, ...words]));
  const [, status] = await read(socket, 2);
  if (status !== 0) throw new Refusal("its proxy refuses the password");
}

async function ask(
  socket: Socket,
  { host, port }: TunnelTarget,
): Promise<void> {
  const name = [BY_NAME, ...sized(host), port >> 8, port & 255];
  socket.write(new Uint8Array([VERSION, CONNECT, 0, ...name]));
  const [, status, , type = BY_NAME] = await read(socket, 4);
  if (status !== 0) throw new Refusal(`its proxy answers ${status}`);
  const [size = 0] = ADDRESS_SIZES[type] === undefined
    ? await read(socket, 1)
    : [ADDRESS_SIZES[type]];
  await read(socket, size + 2); // the address of the other end
}

/** Text behind one byte that tells its length. */
function sized(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 255) throw new Refusal("a name or password is too long");
  return [bytes.length, ...bytes];
}

async function read(socket: Socket, size: number): Promise<Uint8Array> {
  for (;;) {
    const bytes: unknown = socket.read(size);
    if (bytes instanceof Uint8Array && bytes.length === size) return bytes;
    if (socket.readableEnded || socket.destroyed || bytes !== null) {
      throw new Refusal("its proxy closed the connection");
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const events = ["readable", "end", "close", "error"];
    for (const event of events) socket.once(event, resolve);
    await promise;
    for (const event of events) socket.off(event, resolve);
  }
}
