import { DecodeError } from "./decoded.ts";

const QUANTITY_REGEXP =
  /^([+-]?)(\d*)\.?(\d*)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

/** Suffixes by thousands, from 10⁻⁹ on. */
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
/** Suffixes by powers of 1024. */
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/** The power of ten of the smallest suffix. */
const SMALLEST = -9;

/**
 * Reads a quantity as the server does, which writes it without a fraction and
 * with the largest unit that allows that.
 *
 * Quantities with an exponent keep their text.
 *
 * @param value A text as `500m`, or a number.
 * @returns The quantity as text.
 * @throws {DecodeError} If it is none.
 */
export function quantity(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  const parts = typeof text === "string" ? QUANTITY_REGEXP.exec(text) : null;
  const [, sign = "", whole = "", fraction = "", unit = ""] = parts ?? [];
  if (typeof text !== "string" || !/[\d.]/.test(text) || parts === null) {
    throw new DecodeError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      { isFinal: true },
    );
  }
  if (/^[eE]./.test(unit)) return text;
  const digits = BigInt(whole + fraction);
  if (digits === 0n) return "0";
  const minus = sign === "-" ? "-" : "";
  const power = BINARY.indexOf(unit);
  if (power <= 0) {
    const exponent = DECIMAL.indexOf(unit) * 3 + SMALLEST - fraction.length;
    return minus + decimal(digits, exponent);
  }
  const scale = 10n ** BigInt(fraction.length);
  const bytes = digits * 1024n ** BigInt(power);
  return bytes % scale === 0n && bytes / scale >= 1024n
    ? minus + binary(bytes / scale)
    : minus + decimal(bytes, -fraction.length);
}

function decimal(digits: bigint, exponent: number): string {
  let number = digits;
  let power = exponent;
  while (number % 10n === 0n) {
    number /= 10n;
    power++;
  }
  while (power < SMALLEST) { // What is smaller is rounded up.
    number = (number + 9n) / 10n;
    power++;
  }
  const last = DECIMAL.length * 3 + SMALLEST - 3;
  while (power % 3 !== 0 || power > last) {
    number *= 10n;
    power--;
  }
  return `${number}${DECIMAL[(power - SMALLEST) / 3]}`;
}

function binary(bytes: bigint): string {
  let number = bytes;
  let power = 0;
  while (number % 1024n === 0n && power < BINARY.length - 1) {
    number /= 1024n;
    power++;
  }
  return `${number}${BINARY[power]}`;
}
