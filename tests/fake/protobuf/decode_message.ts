import { isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { MessageData } from "./message_data.ts";
import { specialValue } from "./special_value.ts";
import { readWire, type WireValue } from "./wire_reader.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const TYPE_REGEXP = /^(\??)(\[\]|\{\})?(.*)$/;
const decoder = new TextDecoder();

/**
 * Reads a protobuf message into what Go writes as JSON for the same object.
 *
 * @param data The messages that there are.
 * @param type Name of the message.
 * @param message Its bytes.
 * @returns The object.
 * @throws {SyntaxError} If it is no such message.
 */
export function decodeMessage(
  data: MessageData,
  type: string,
  message: Bytes,
): JsonObject {
  const result: Record<string, unknown> = {};
  const fields = data.types[type] ?? {};
  for (const [number, value] of readWire(message)) {
    const [name, full] = fields[number] ?? [];
    if (name === undefined || full === undefined) continue;
    const [, leftOut, container, of = ""] = TYPE_REGEXP.exec(full) ?? [];
    if (container === "[]") {
      const list = result[name];
      const former: unknown[] = Array.isArray(list) ? list : [];
      result[name] = [...former, valueOf(data, of, value)];
    } else if (container === "{}") {
      const [key, item] = entryOf(data, of, value);
      const map = result[name];
      const copy = isObject(map) ? { ...map } : {};
      setField(copy, { name: key, value: item });
      result[name] = copy;
    } else {
      const read = valueOf(data, of, value);
      if (name === "" && isObject(read)) Object.assign(result, read);
      else if (leftOut === "" || !isZero(read)) result[name] = read;
    }
  }
  return result;
}

/** Reads an entry of a map, itself a message of a key and a value. */
function entryOf(
  data: MessageData,
  type: string,
  entry: WireValue,
): readonly [string, unknown] {
  let key = "";
  let item: WireValue = new Uint8Array();
  for (const [number, value] of readWire(bytesOf(entry))) {
    if (number === 1) key = decoder.decode(bytesOf(value));
    else item = value;
  }
  return [key, valueOf(data, type, item)];
}

function valueOf(data: MessageData, type: string, value: WireValue): unknown {
  switch (type) {
    case "string":
      return decoder.decode(bytesOf(value));
    case "bytes":
      return bytesOf(value).toBase64();
    case "bool":
      return Boolean(value);
    case "int":
    case "float":
      return Number(value);
    case "strings":
      return Array.from(
        readWire(bytesOf(value)),
        ([, item]) => decoder.decode(bytesOf(item)),
      );
  }
  const bytes = bytesOf(value);
  const special = specialValue(type, bytes);
  return special === undefined ? decodeMessage(data, type, bytes) : special;
}

function bytesOf(value: WireValue): Bytes {
  if (value instanceof Uint8Array) return value;
  throw new SyntaxError("proto: wrong wireType");
}

/** What `omitempty` leaves out: no structs, which Go always writes. */
function isZero(value: unknown): boolean {
  return value === "" || value === 0 || value === false;
}
