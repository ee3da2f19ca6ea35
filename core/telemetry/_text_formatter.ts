import {
  getAnsiColorFormatter,
  getTextFormatter,
  type LogRecord,
  sanitizeControlSequences,
  type TextFormatter,
} from "@logtape/logtape";

/**
 * Makes the formatter of log lines for people: one line per record, properties
 * as `key=value` behind the message, and the stack below a failure.
 *
 * @param options Whether to color the line.
 * @param options.color Whether the reader is a terminal.
 * @returns The formatter; its lines end with a line feed.
 */
export function textFormatter(
  options: { readonly color: boolean },
): TextFormatter {
  const make = options.color ? getAnsiColorFormatter : getTextFormatter;
  return make({
    timestamp: "rfc3339",
    category: ".",
    value: "bare",
    format: ({ timestamp, level, category, message, record }) =>
      `${timestamp} ${level} ${category}: ${message}` + formatRest(record),
  });
}

/** What the message does not say yet: other properties, then a stack. */
function formatRest(record: LogRecord): string {
  let fields = "";
  let stack = "";
  for (const [key, value] of Object.entries(record.properties)) {
    if (isMentioned(record, key)) continue;
    fields += ` ${key}=${formatValue(value)}`;
    if (value instanceof Error && isFailure(record)) stack += stackOf(value);
  }
  return sanitizeControlSequences(fields + stack);
}

/** A stack helps where something failed; a warning is one line. */
function isFailure({ level }: LogRecord): boolean {
  return level === "error" || level === "fatal";
}

/** Whether the template of the message has `{key}`. */
function isMentioned({ rawMessage }: LogRecord, key: string): boolean {
  return typeof rawMessage === "string" && rawMessage.includes(`{${key}}`);
}

function formatValue(value: unknown): string {
  const text = value instanceof Error
    ? describeError(value)
    : typeof value === "string"
    ? value
    : typeof value === "object"
    ? JSON.stringify(value)
    : String(value);
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

/** Messages of an error and its causes; causes may be a cycle. */
function describeError(error: Error): string {
  const seen = new Set<unknown>();
  const messages: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && !seen.has(current)) {
    seen.add(current);
    messages.push(`${current.name}: ${current.message}`);
    current = current.cause;
  }
  return messages.join(": ");
}

function stackOf(error: Error): string {
  const frames = error.stack?.split("\n").filter((line) =>
    line.startsWith("    at ")
  );
  return frames?.map((frame) => `\n${frame}`).join("") ?? "";
}
