import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import type { OpenWatch } from "../server_state.ts";

/** The server's side of a connection with channels. */
export interface ChannelConnection {
  /** The subprotocol. */
  readonly protocol: string;
  /** Aborted when the client goes. */
  readonly signal: AbortSignal;
  /**
   * What the client sends on a channel, until it ends the channel or goes.
   *
   * @param channel The number of the channel.
   * @returns The data; each call returns the same stream.
   */
  input(channel: number): ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * A stream to a channel.
   *
   * @param channel The number of the channel.
   * @returns Where to write.
   */
  output(channel: number): WritableStream<Uint8Array>;
  /**
   * Sends data on a channel, also none.
   *
   * @param channel The number of the channel.
   * @param data The data.
   * @throws {Error} If the client has gone.
   */
  send(channel: number, data: Uint8Array): void;
}

/** Options of {@linkcode openChannels}. */
export interface OpenChannelsOptions {
  /** Subprotocols that are spoken. */
  readonly protocols: readonly string[];
  /** Number of channels. */
  readonly channels: number;
  /** Talks; the connection ends when it does. */
  readonly talk: (connection: ChannelConnection) => Promise<void>;
}

/** Marks the end of a channel, in version 5. */
const CLOSE = 255;

/**
 * Answers a request by a WebSocket with channels.
 *
 * @param context The request.
 * @param options The protocol, and who talks.
 * @returns The upgrade.
 * @throws {StatusError} 400 if no upgrade is asked for, or none is possible.
 */
export function openChannels(
  { request, state, resource }: RequestContext,
  options: OpenChannelsOptions,
): Answer {
  const { headers } = request;
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw badRequest("Upgrade request required");
  }
  const wanted = (headers.get("sec-websocket-protocol") ?? "").split(",");
  const protocol = wanted.map((name) => name.trim())
    .find((name) => options.protocols.includes(name));
  if (protocol === undefined) {
    // The handshake of golang.org/x/net/websocket.
    const response = new Response(null, { status: STATUS_CODE.Forbidden });
    return { response, resourceVersion: "" };
  }
  const { socket, response } = Deno.upgradeWebSocket(request);
  // Not by its option, which takes no lists without spaces, as ws sends them.
  response.headers.set("sec-websocket-protocol", protocol);
  const inputs = Array.from({ length: options.channels }, pipe);
  const gone = new AbortController();
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => {
    const bytes = new Uint8Array(data instanceof ArrayBuffer ? data : []);
    const [channel = 0, ended = 0] = bytes;
    if (protocol.startsWith("v5.") && channel === CLOSE) inputs[ended]?.close();
    else inputs[channel]?.push(bytes.subarray(1));
  };
  const open: OpenWatch = {
    collection: resource.collection,
    end: () => socket.close(1001),
    drop: () => socket.close(1011),
  };
  const closed = Promise.withResolvers<void>();
  state.watches.add(open);
  state.sockets.add(closed.promise);
  socket.onerror = () => {}; // It closes as well.
  socket.onclose = () => {
    state.watches.delete(open);
    state.sockets.delete(closed.promise);
    for (const input of inputs) input.close();
    gone.abort(new Error("the client has gone"));
    closed.resolve();
  };

  const send = (channel: number, data: Uint8Array): void => {
    gone.signal.throwIfAborted();
    const message = new Uint8Array(data.length + 1);
    message[0] = channel;
    message.set(data, 1);
    socket.send(message);
  };
  socket.onopen = () => {
    options.talk({
      protocol,
      signal: gone.signal,
      input: (channel) => inputs[channel]?.readable ?? pipe().readable,
      output: (channel) =>
        new WritableStream({ write: (chunk) => send(channel, chunk) }),
      send,
    })
      // Whoever talks tells of failures; only a client that has gone is left.
      .catch(() => {})
      .finally(() => socket.close(1000));
  };
  return { response, resourceVersion: "" };
}

/** A stream of what a client sends. */
interface Pipe {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  push(chunk: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

function pipe(): Pipe {
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  let open = true;
  return {
    readable: new ReadableStream({
      start(made) {
        controller = made;
      },
      cancel() {
        open = false;
      },
    }),
    push(chunk) {
      if (open && chunk.length > 0) controller.enqueue(chunk);
    },
    close() {
      if (open) controller.close();
      open = false;
    },
  };
}
