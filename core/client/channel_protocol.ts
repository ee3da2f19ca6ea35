/** Version 5 of the channel protocol: the input can be ended. */
export const CHANNEL_V5 = "v5.channel.k8s.io";
/** Version 4 of the channel protocol, of Kubernetes before 1.30. */
export const CHANNEL_V4 = "v4.channel.k8s.io";

/** Channels of a command, as `k8s.io/apimachinery/pkg/util/remotecommand`. */
export const COMMAND_CHANNELS = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  error: 3,
  resize: 4,
} as const;

/** Marks the end of a channel, in version 5. */
const CLOSE = 255;
/** As much as one message holds; servers may refuse larger ones. */
const MAX_DATA = 262_144;

/** One message of the channel protocol. */
export interface ChannelMessage {
  /** The number of the channel. */
  readonly channel: number;
  /** What came on it. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a message: the number of a channel, and data.
 *
 * @example Read a message
 * ```ts
 * import { readChannelMessage } from "./channel_protocol.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { channel, data } = readChannelMessage(new Uint8Array([1, 97]));
 * assertEquals([channel, ...data], [1, 97]);
 * ```
 *
 * @param message The message.
 * @returns The channel and the data; channel -1 if the message is empty.
 */
export function readChannelMessage(
  message: Uint8Array<ArrayBuffer>,
): ChannelMessage {
  return { channel: message[0] ?? -1, data: message.subarray(1) };
}

/**
 * Writes data as messages for one channel.
 *
 * @example Write a message
 * ```ts
 * import { channelMessages } from "./channel_protocol.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const messages = [...channelMessages(0, new Uint8Array([97]))];
 * assertEquals(messages, [new Uint8Array([0, 97])]);
 * ```
 *
 * @param channel The number of the channel.
 * @param data The data; none makes no message.
 * @returns Messages of moderate size.
 */
export function* channelMessages(
  channel: number,
  data: Uint8Array,
): Generator<Uint8Array<ArrayBuffer>> {
  for (let start = 0; start < data.length; start += MAX_DATA) {
    const part = data.subarray(start, start + MAX_DATA);
    const message = new Uint8Array(part.length + 1);
    message[0] = channel;
    message.set(part, 1);
    yield message;
  }
}

/**
 * Writes the end of a channel, which only version 5 knows.
 *
 * @example Write the end of the input
 * ```ts
 * import { channelEnd } from "./channel_protocol.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(channelEnd(0), new Uint8Array([255, 0]));
 * ```
 *
 * @param channel The number of the channel.
 * @returns The message.
 */
export function channelEnd(channel: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array([CLOSE, channel]);
}
