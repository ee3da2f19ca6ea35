import type { JsonObject } from "../schema/type_schema.ts";
import { decodeMessage } from "./decode_message.ts";
import type { MessageData } from "./message_data.ts";
import { readWire, type WireValue } from "./wire_reader.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What every body starts with: `k8s` and a zero. */
const MAGIC = [0x6b, 0x38, 0x73, 0];
const META = "apis/meta/v1";
const decoder = new TextDecoder();

let cached: Promise<MessageData> | undefined;

async function load(): Promise<MessageData> {
  const { default: data } = await import(
    "./messages_data.json",
    { with: { type: "json" } }
  );
  // Written by distil_messages.ts in this shape; the inferred type is narrower.
  return data as unknown as MessageData;
}

/** What is around a message. */
export interface Envelope {
  /** API version of the object. */
  readonly apiVersion: string;
  /** Kind of the object. */
  readonly kind: string;
  /** The message. */
  readonly raw: Bytes;
}

/**
 * Reads what is around the message of an object.
 *
 * @param body The body.
 * @returns Its type and the message.
 * @throws {SyntaxError} If it is no such body.
 */
export function readEnvelope(body: Bytes): Envelope {
  if (MAGIC.some((byte, at) => body[at] !== byte)) {
    throw new SyntaxError(
      `provided data does not appear to be a protobuf message, expected prefix [${
        MAGIC.join(" ")
      }]`,
    );
  }
  const fields = new Map(readWire(body.subarray(MAGIC.length)));
  const [apiVersion, kind] = typeOf(bytesOf(fields, 1));
  return { apiVersion, kind, raw: bytesOf(fields, 2) };
}

/**
 * Prepares to read an object of a built-in kind, as clients in Go send them.
 *
 * @param envelope Its type and message.
 * @returns Reads the object; its type alone if no built-in kind is of this
 * name. Throws a SyntaxError if the message is broken.
 */
export async function decodeProtobuf(
  { apiVersion, kind, raw }: Envelope,
): Promise<() => JsonObject> {
  const data = await (cached ??= load());
  const name = [`${data.groups[apiVersion]}.${kind}`, `${META}.${kind}`]
    .find((name) => Object.hasOwn(data.types, name));
  return () => ({
    apiVersion,
    kind,
    ...name === undefined ? {} : decodeMessage(data, name, raw),
  });
}

function typeOf(message: Bytes): readonly [string, string] {
  const fields = new Map(readWire(message));
  const text = (field: number) => decoder.decode(bytesOf(fields, field));
  return [text(1), text(2)];
}

function bytesOf(
  fields: ReadonlyMap<number, WireValue>,
  field: number,
): Bytes {
  const value = fields.get(field);
  return value instanceof Uint8Array ? value : new Uint8Array();
}
