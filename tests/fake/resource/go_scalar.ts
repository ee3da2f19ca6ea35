import type { TypeSchema } from "../schema/type_schema.ts";
import { base64Error } from "./base64_error.ts";
import { DecodeError } from "./decoded.ts";
import { quantity } from "./quantity.ts";
import { type GoField, unmarshalError } from "./go_type.ts";

/** Fields of type MicroTime, which the schemas do not tell from Time. */
const MICRO_TIMES = new Set([
  "acquireTime",
  "eventTime",
  "lastObservedTime",
  "pingTime",
  "renewTime",
]);
const TIME_REGEXP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const MICRO_TIME_REGEXP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{6})\d*)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a value that is neither an object nor an array into its Go type.
 *
 * @param value The value, not null.
 * @param schema Its schema.
 * @param field Where it is.
 * @returns What the server writes for it.
 * @throws {DecodeError} If it does not fit.
 */
export function goScalar(
  value: unknown,
  schema: TypeSchema,
  field: GoField,
): unknown {
  switch (schema.type) {
    case "string":
      if (typeof value === "string") return goString(value, schema, field);
      if (Array.isArray(value) && schema.validation?.format === "byte") {
        return goBytes(value, field);
      }
      break;
    case "boolean":
      if (typeof value === "boolean") return value;
      break;
    case "integer":
      if (Number.isInteger(value)) return value;
      break;
    case "number":
      if (typeof value === "number") return value;
      break;
    default:
      return schema.validation?.format === "quantity"
        ? quantity(value)
        : schema.intOrString
        ? intOrString(value, field)
        : value;
  }
  throw unmarshalError(value, schema, field);
}

function intOrString(value: unknown, field: GoField): unknown {
  if (typeof value === "string" || Number.isInteger(value)) return value;
  const { message } = unmarshalError(value, { type: "integer" }, field);
  throw new DecodeError(message, {
    converting: message.replace(/ struct field \S+/, " value"),
    isFinal: true,
  });
}

/** Go also reads bytes from a list of numbers. */
function goBytes(list: readonly unknown[], field: GoField): string {
  const bytes = list.map((item) => {
    const byte = item ?? 0;
    if (typeof byte === "number" && BYTE_REGEXP.test(`${byte}`)) return byte;
    throw unmarshalError(item, UINT8, field);
  });
  return btoa(String.fromCharCode(...bytes));
}

const BYTE_REGEXP = /^(1?\d?\d|2[0-4]\d|25[0-5])$/;
const UINT8: TypeSchema = { type: "integer", goType: "uint8" };

function goString(value: string, schema: TypeSchema, field: GoField): string {
  const format = schema.validation?.format;
  if (format === "byte") {
    const byte = base64Error(value, true);
    if (byte === undefined) return value.replace(/[\r\n]/g, "");
    const message = `illegal base64 data at input byte ${byte}`;
    const converting = `error decoding from json: ${message}`;
    throw new DecodeError(message, { converting });
  }
  if (format !== "date-time") return value;
  const name = field.path.split(".").at(-1) ?? "";
  return MICRO_TIMES.has(name) ? microTime(value) : time(value);
}

function time(value: string): string {
  const date = new Date(value);
  if (!TIME_REGEXP.test(value) || Number.isNaN(date.getTime())) {
    throw timeError(value, "2006-01-02T15:04:05Z07:00", [value, "2006"]);
  }
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

function microTime(value: string): string {
  const [, seconds = "", micros, zone = ""] = MICRO_TIME_REGEXP.exec(value) ??
    [];
  const date = new Date(seconds + zone);
  if (micros === undefined || Number.isNaN(date.getTime())) {
    const rest = /T\d\d:\d\d:\d\d(.*)$/.exec(value)?.[1];
    const missing = rest === undefined ? [value, "2006"] : [rest, ".000000"];
    throw timeError(value, "2006-01-02T15:04:05.000000Z07:00", missing);
  }
  return date.toISOString().replace(/\.\d+Z$/, `.${micros}Z`);
}

function timeError(
  value: string,
  layout: string,
  [rest = "", wanted = ""]: readonly string[],
): DecodeError {
  return new DecodeError(
    `parsing time ${JSON.stringify(value)} as "${layout}": ` +
      `cannot parse ${JSON.stringify(rest)} as "${wanted}"`,
    { isFinal: true },
  );
}
