const SUFFIX_CHARS = "bcdfghjklmnpqrstvwxz2456789";
const SUFFIX_LENGTH = 5;
const UID_BYTES = 16;

/** Makes what differs from object to object. */
export class RandomSource {
  readonly #fill: (bytes: Uint8Array<ArrayBuffer>) => void;

  /**
   * Makes a source.
   *
   * @param seed The same seed makes the same; without, all differ.
   */
  constructor(seed?: number) {
    this.#fill = seed === undefined
      ? (bytes) => void crypto.getRandomValues(bytes)
      : seeded(seed);
  }

  /** Makes a uid: a UUID of version 4. */
  uid(): string {
    const bytes = this.#bytes(UID_BYTES);
    bytes[6] = (bytes[6] ?? 0) & 0x0f | 0x40;
    bytes[8] = (bytes[8] ?? 0) & 0x3f | 0x80;
    const hex = bytes.toHex();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16)].join("-") +
      `-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** Makes the end of a generated name. */
  suffix(): string {
    return Array.from(
      this.#bytes(SUFFIX_LENGTH),
      (byte) => SUFFIX_CHARS[byte % SUFFIX_CHARS.length],
    ).join("");
  }

  #bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    this.#fill(bytes);
    return bytes;
  }
}

/** Mulberry32, a generator of 32 bits of state. */
function seeded(seed: number): (bytes: Uint8Array<ArrayBuffer>) => void {
  let state = seed >>> 0;
  return (bytes) => {
    for (let at = 0; at < bytes.length; at++) {
      state = state + 0x6d2b79f5 >>> 0;
      let mixed = Math.imul(state ^ state >>> 15, state | 1);
      mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
      bytes[at] = mixed ^ mixed >>> 14;
    }
  };
}
