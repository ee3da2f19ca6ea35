import { assert, assertEquals } from "@std/assert";
import {
  channelEnd,
  channelMessages,
  readChannelMessage,
} from "./channel_protocol.ts";

Deno.test("channelMessages() puts the channel before the data", () => {
  const cases: readonly (readonly [number, number[], number[][]])[] = [
    [0, [], []],
    [0, [7], [[0, 7]]],
    [4, [255, 0, 1], [[4, 255, 0, 1]]],
  ];
  for (const [channel, data, expected] of cases) {
    const messages = [...channelMessages(channel, new Uint8Array(data))];
    assertEquals(messages.map((message) => [...message]), expected);
  }
});

Deno.test("channelMessages() splits what is large, and loses nothing", () => {
  const data = new Uint8Array(600_000).map((_, index) => index % 251);
  const messages = [...channelMessages(2, data)];
  assertEquals(messages.map(({ length }) => length), [
    262_145,
    262_145,
    75_713,
  ]);
  const parts = messages.map(readChannelMessage);
  assert(parts.every(({ channel }) => channel === 2));
  const joined = parts.flatMap((part) => [...part.data]);
  assertEquals(joined.length, data.length);
  assert(joined.every((byte, index) => byte === data[index]));
});

Deno.test("channelMessages() copies, so that the caller may reuse a buffer", () => {
  const buffer = new Uint8Array([1, 2]);
  const [message] = channelMessages(1, buffer);
  buffer.fill(9);
  assertEquals(message, new Uint8Array([1, 1, 2]));
});

Deno.test("readChannelMessage() tells an empty message from an empty channel", () => {
  const empty = new Uint8Array();
  assertEquals(readChannelMessage(empty), { channel: -1, data: empty });
  assertEquals(readChannelMessage(new Uint8Array([3])), {
    channel: 3,
    data: empty,
  });
});

Deno.test("channelEnd() names the channel after the mark", () => {
  assertEquals([...channelEnd(0)], [255, 0]);
});
