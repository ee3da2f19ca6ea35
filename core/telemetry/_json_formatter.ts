import {
  getJsonLinesFormatter,
  type LogRecord,
  type TextFormatter,
} from "@logtape/logtape";

/**
 * Makes a formatter of JSON lines in which only failures carry a stack, as in
 * those of text.
 *
 * @returns The formatter.
 */
export function jsonFormatter(): TextFormatter {
  const format = getJsonLinesFormatter();
  return (record) => format(isFailure(record) ? record : plain(record));
}

function isFailure({ level }: LogRecord): boolean {
  return level === "error" || level === "fatal";
}

function plain(record: LogRecord): LogRecord {
  const properties = Object.entries(record.properties)
    .map(([key, value]) => [key, withoutStack(value)]);
  return { ...record, properties: Object.fromEntries(properties) };
}

function withoutStack(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, cause } = value;
  return {
    ...value,
    name,
    message,
    ...cause !== undefined && { cause: withoutStack(cause) },
    ...value instanceof AggregateError &&
      { errors: value.errors.map(withoutStack) },
  };
}
