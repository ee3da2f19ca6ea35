import {
  configure,
  getConfig,
  getLogger as getLogTapeLogger,
  isLogLevel,
  type LogRecord,
  type TextFormatter,
} from "@logtape/logtape";
import { jsonFormatter } from "./_json_formatter.ts";
import { textFormatter } from "./_text_formatter.ts";

/** How much a log record matters. */
export type LogLevel =
  | "trace"
  | "debug"
  | "info"
  | "warning"
  | "error"
  | "fatal";

/**
 * Where a part of the library says what it does; LogTape's loggers fit.
 *
 * A message is a constant sentence without values, or with a few as `{key}`;
 * what varies goes into the properties, an error as `error`.
 */
export interface Logger {
  /** The part, outer first. */
  readonly category: readonly string[];
  /**
   * Tells what only developers of the library need.
   *
   * @param message What happened.
   * @param properties What it happened to.
   */
  trace(message: string, properties?: Record<string, unknown>): void;
  /**
   * Tells what helps to find a fault.
   *
   * @param message What happened.
   * @param properties What it happened to.
   */
  debug(message: string, properties?: Record<string, unknown>): void;
  /**
   * Tells a change of state.
   *
   * @param message What happened.
   * @param properties What it happened to.
   */
  info(message: string, properties?: Record<string, unknown>): void;
  /**
   * Tells what failed and will be tried again.
   *
   * @param message What happened.
   * @param properties What it happened to.
   */
  warning(message: string, properties?: Record<string, unknown>): void;
  /**
   * Tells what failed and needs a person.
   *
   * @param message What happened.
   * @param properties What it happened to.
   */
  error(message: string, properties?: Record<string, unknown>): void;
  /**
   * Whether anybody listens, to save the making of costly properties.
   *
   * @param level The level of the record.
   * @returns Whether a record of that level goes anywhere.
   */
  isEnabledFor(level: LogLevel): boolean;
}

/** Options of {@linkcode configureLogging}. */
export interface LoggingOptions {
  /**
   * What is logged: this level and worse.
   *
   * @default `KOPRS_LOG`, where it may be read; else `"info"`
   */
  readonly level?: LogLevel;
  /**
   * How lines look: `"text"` for people, `"json"` for machines, `"auto"` for
   * text on a terminal and JSON lines elsewhere.
   *
   * @default "auto"
   */
  readonly format?: "auto" | "text" | "json";
}

/**
 * Gets the logger of a part of the library.
 *
 * It is LogTape's: silent until the application configures LogTape, or
 * {@linkcode configureLogging} does.
 *
 * @example Get a logger
 * ```ts
 * import { getLogger } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const logger = getLogger("run");
 * logger.info("Stopping", { signal: "SIGTERM" });
 * assertEquals(logger.category, ["koprs", "run"]);
 * ```
 *
 * @param category The part, outer first; none is the whole library.
 * @returns The logger of category `["koprs", ...category]`.
 */
export function getLogger(...category: string[]): Logger {
  return getLogTapeLogger(["koprs", ...category]);
}

/**
 * Configures LogTape to log to standard output, unless the application has
 * configured it already.
 *
 * Needs no permission; with `--allow-env=KOPRS_LOG` that variable sets the
 * level. A closed standard output is not an error: lines are dropped.
 *
 * @example Log everything
 * ```ts
 * import { configureLogging, getLogger } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * await configureLogging({ level: "debug", format: "json" });
 * assert(getLogger().isEnabledFor("debug"));
 * ```
 *
 * @param options Level and format.
 * @returns When LogTape is configured.
 */
export async function configureLogging(
  options: LoggingOptions = {},
): Promise<void> {
  if (getConfig() !== null) return;
  const wanted = options.level === undefined ? readLevel() : undefined;
  const level = options.level ?? parseLevel(wanted) ?? "info";
  const stdout = stdoutSink(formatterOf(options.format ?? "auto"));
  await configure({
    sinks: { stdout },
    loggers: [
      { category: [], sinks: ["stdout"], lowestLevel: level },
      { category: ["logtape", "meta"], lowestLevel: "warning" },
    ],
  });
  if (wanted !== undefined && parseLevel(wanted) === undefined) {
    getLogger().warning("Ignored KOPRS_LOG: it is not a log level", {
      level: wanted,
      use: "trace, debug, info, warning, error or fatal",
    });
  }
}

/** Asking for permission would stop a program at a prompt: only look. */
function readLevel(): string | undefined {
  const variable = "KOPRS_LOG";
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  const value = state === "granted" ? Deno.env.get(variable) : undefined;
  return value === "" ? undefined : value;
}

function parseLevel(text: string | undefined): LogLevel | undefined {
  const name = text?.toLowerCase();
  if (name === "warn") return "warning";
  return name !== undefined && isLogLevel(name) ? name : undefined;
}

function formatterOf(format: "auto" | "text" | "json"): TextFormatter {
  const terminal = Deno.stdout.isTerminal();
  return format === "text" || (format === "auto" && terminal)
    ? textFormatter({ color: terminal && !Deno.noColor })
    : jsonFormatter();
}

/** Never throws: a value that cannot be shown or a closed pipe is no error. */
function stdoutSink(format: TextFormatter): (record: LogRecord) => void {
  const encoder = new TextEncoder();
  return (record) => {
    try {
      let rest = encoder.encode(formatSafely(format, record));
      while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
    } catch {
      // Nobody reads standard output any more; there is nowhere to say so.
    }
  };
}

/** Values may have a throwing `toString()` or getter: then leave them out. */
function formatSafely(format: TextFormatter, record: LogRecord): string {
  try {
    return format(record);
  } catch {
    const message = [String(record.rawMessage)];
    return format({ ...record, message, properties: {} });
  }
}
