/** The fields of a protobuf message by number: only those of bytes are kept. */
export type ProtobufFields = ReadonlyMap<number, Uint8Array<ArrayBuffer>>;

const VARINT = 0;
const BYTES = 2;

/**
 * Reads the strings and messages in a protobuf message.
 *
 * @param message The message.
 * @returns Its fields; of repeated ones the last. `undefined` if it is none.
 */
export function protobufFields(
  message: Uint8Array<ArrayBuffer>,
): ProtobufFields | undefined {
  const fields = new Map<number, Uint8Array<ArrayBuffer>>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const type = tag & 7;
    if (type === VARINT) varint();
    else if (type === BYTES) {
      const length = varint();
      if (at + length > message.length) return undefined;
      fields.set(tag >>> 3, message.slice(at, at += length));
    } else return undefined;
  }
  return fields;
}
