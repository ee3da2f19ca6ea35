import {
  CHANNEL_V5,
  channelEnd,
  channelMessages,
  readChannelMessage,
} from "./channel_protocol.ts";
import { type PushedStream, pushedStream } from "./pushed_stream.ts";
import type { Socket } from "./web_socket.ts";

/** Which channel is meant, as `@cloudydeno/kubernetes-client` asks for it. */
export interface ChannelId {
  /** The number of the channel. */
  index?: number;
}

/**
 * Several channels over one connection, as the classes of
 * `@cloudydeno/kubernetes-apis` want them for exec, attach and port-forward.
 */
export interface RestTunnel extends Disposable {
  /** How the channels are carried. */
  readonly transportProtocol: "WebSocket";
  /** The subprotocol that the server chose. */
  readonly subProtocol: string;
  /** What comes on a channel. */
  getReadableStream(id: ChannelId): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Takes what goes out on a channel. */
  getWritableStream(id: ChannelId): WritableStream<Uint8Array>;
  /** Resolves at once: the connection is open. */
  whenReady(): Promise<void>;
  /** Closes the connection. */
  close(): Promise<void>;
}

/** Marks the end of a channel, in version 5. */
const CLOSE = 255;

/**
 * Carries channels over a connection to the API server.
 *
 * @param socket The connection; it belongs to the tunnel.
 * @returns The tunnel.
 */
export function restTunnel(socket: Socket): RestTunnel {
  const { protocol } = socket;
  const writer = socket.writable.getWriter();
  const channels = new Map<number, PushedStream>();
  let end: ((channel: PushedStream) => void) | undefined;

  /** What comes before anybody asks for the channel is kept. */
  function channelOf(index: number): PushedStream {
    let channel = channels.get(index);
    if (channel === undefined) {
      channel = pushedStream();
      channels.set(index, channel);
      end?.(channel);
    }
    return channel;
  }

  function endAll(how: (channel: PushedStream) => void): void {
    end = how;
    for (const channel of channels.values()) how(channel);
  }

  async function receive(): Promise<void> {
    for await (const message of socket.readable) {
      const { channel, data } = readChannelMessage(message);
      if (channel === CLOSE) channelOf(data[0] ?? CLOSE).close();
      else channelOf(channel).push(data);
    }
  }

  const finish = (): void => endAll((channel) => channel.close());
  void receive()
    .then(finish, (error) => endAll((channel) => channel.fail(error)));
  const close = async (): Promise<void> => {
    finish(); // Whoever closes it is not told that it broke.
    await socket[Symbol.asyncDispose]();
  };
  return {
    transportProtocol: "WebSocket",
    subProtocol: protocol,
    getReadableStream: ({ index = 0 }) => channelOf(index).readable,
    getWritableStream: ({ index = 0 }) =>
      new WritableStream({
        async write(data) {
          for (const message of channelMessages(index, data)) {
            await writer.write(message);
          }
        },
        async close() {
          // Before version 5 the other side learns of no end.
          if (protocol === CHANNEL_V5) await writer.write(channelEnd(index));
        },
      }),
    whenReady: () => Promise.resolve(),
    close,
    [Symbol.dispose]: () => void close(),
  };
}
