import { readWire } from "./wire_reader.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const decoder = new TextDecoder();
const NANOS = 1_000_000_000n;

/**
 * Reads a message whose type has a JSON form of its own.
 *
 * @param type Name of the type.
 * @param message Its bytes.
 * @returns The value as JSON; `undefined` for any other type.
 * @throws {SyntaxError} If it is no such message.
 */
export function specialValue(type: string, message: Bytes): unknown {
  switch (type) {
    case "Time":
      return timeOf(message, 0);
    case "MicroTime":
      return timeOf(message, 6);
    case "Duration":
      return `${Number(numberOf(message, 1)) / Number(NANOS)}s`;
    case "Quantity":
      return textOf(message, 1);
    case "IntOrString":
      return numberOf(message, 1) === 0n
        ? Number(numberOf(message, 2))
        : textOf(message, 3);
    case "RawExtension":
    case "FieldsV1":
      // What these hold is JSON.
      return JSON.parse(textOf(message, 1) || "null");
  }
  return undefined;
}

/** A time that is not set is an empty message. */
function timeOf(message: Bytes, digits: number): string | null {
  if (message.length === 0) return null;
  const seconds = Number(numberOf(message, 1));
  const text = new Date(seconds * 1_000).toISOString().slice(0, 19);
  if (digits === 0) return `${text}Z`;
  const nanos = String(numberOf(message, 2)).padStart(9, "0");
  return `${text}.${nanos.slice(0, digits)}Z`;
}

function numberOf(message: Bytes, field: number): bigint {
  let found = 0n;
  for (const [number, value] of readWire(message)) {
    if (number === field && typeof value === "bigint") found = value;
  }
  return found;
}

function textOf(message: Bytes, field: number): string {
  let found = "";
  for (const [number, value] of readWire(message)) {
    if (number === field && value instanceof Uint8Array) {
      found = decoder.decode(value);
    }
  }
  return found;
}
