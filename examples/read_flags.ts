import { ConfigError } from "@koprs/koprs/core";
import { parseArgs } from "node:util";

/** Flags by name, each with its default, whose type is that of the flag. */
export type FlagDefaults = Readonly<
  Record<string, number | boolean | readonly string[] | undefined>
>;

/**
 * What the command line asks for.
 *
 * @typeParam D The defaults.
 */
export type Flags<D extends FlagDefaults> = {
  readonly [F in keyof D]: D[F] extends number ? number
    : D[F] extends boolean ? boolean
    : D[F] extends readonly string[] ? readonly string[]
    : string | undefined;
};

/**
 * Reads the command line: `healthPort: 8080` makes the flag `--health-port`, a
 * whole number.
 *
 * A default of `true` or `false` makes a flag that is one of both, a list one
 * that may be repeated, and `undefined` a text that may be absent. Ports go
 * from 0, other numbers from 1.
 *
 * @example A port, and a namespace
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readFlags } from "./read_flags.ts";
 *
 * const defaults = { healthPort: 8080, namespace: undefined };
 * const flags = readFlags(["--health-port=0", "--namespace=team"], defaults);
 * assertEquals(flags, { healthPort: 0, namespace: "team" });
 * ```
 *
 * @typeParam D The defaults.
 * @param args The arguments.
 * @param defaults The flags.
 * @returns What they ask for.
 * @throws {ConfigError} If an argument is unknown or makes no sense.
 */
export function readFlags<const D extends FlagDefaults>(
  args: readonly string[],
  defaults: D,
): Flags<D> {
  const given = parse(args, defaults);
  const values = Object.entries(defaults).map(([name, fallback]) => {
    const text = given[flagOf(name)];
    if (typeof text !== "string") return [name, text ?? fallback];
    if (typeof fallback === "number") return [name, toNumber(text, name)];
    if (typeof fallback === "boolean") return [name, toBoolean(text, name)];
    return [name, text];
  });
  return Object.fromEntries(values);
}

function parse(
  args: readonly string[],
  defaults: FlagDefaults,
): Readonly<Record<string, unknown>> {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, fallback]) => {
      const multiple = typeof fallback === "object";
      return [flagOf(name), { type: "string", multiple }] as const;
    }),
  );
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown argument";
    const known = Object.keys(options).map((flag) => `--${flag}`).join(", ");
    throw new ConfigError(
      `Cannot read the command line: ${why}, the flags are ${known}`,
    );
  }
}

function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function toNumber(text: string, name: string): number {
  const [min, max] = /port$/i.test(name) ? [0, 65_535] : [1, 2 ** 31 - 1];
  const value = Number(text || NaN);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ConfigError(
    `Cannot read --${
      flagOf(name)
    }: "${text}" is no whole number from ${min} to ${max}`,
  );
}

function toBoolean(text: string, name: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new ConfigError(
    `Cannot read --${flagOf(name)}: "${text}" is neither true nor false`,
  );
}
