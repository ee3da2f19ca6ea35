/** A value on the wire: a number, or bytes. */
export type WireValue = bigint | number | Uint8Array<ArrayBuffer>;

const [VARINT, DOUBLE, BYTES, FLOAT] = [0, 1, 2, 5] as const;

/**
 * Reads the fields of a protobuf message in their order.
 *
 * @param message The message.
 * @returns Numbers of fields and their values; varints are bigints.
 * @throws {SyntaxError} If it is no message.
 */
export function* readWire(
  message: Uint8Array<ArrayBuffer>,
): Generator<readonly [field: number, value: WireValue]> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined || shift > 63n) throw new SyntaxError(BROKEN);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
  };
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    const end = at + length;
    if (end > message.length) throw new SyntaxError(BROKEN);
    const taken = message.subarray(at, end);
    at = end;
    return taken;
  };
  while (at < message.length) {
    const tag = Number(varint());
    const field = tag >>> 3;
    switch (tag & 7) {
      case VARINT:
        yield [field, varint()];
        break;
      case BYTES:
        yield [field, take(Number(varint()))];
        break;
      case DOUBLE: {
        const { buffer, byteOffset } = take(8);
        yield [field, new DataView(buffer, byteOffset).getFloat64(0, true)];
        break;
      }
      case FLOAT:
        take(4); // No kind has one.
        break;
      default:
        throw new SyntaxError(BROKEN);
    }
  }
}

const BROKEN = "unexpected EOF";
