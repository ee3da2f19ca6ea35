import { DecodeError } from "./decoded.ts";

const QUANTITY_REGEXP =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

/**
 * Reads a quantity as the server does.
 *
 * Fractions keep their text, where the server would choose another unit.
 *
 * @param value A text as `500m`, or a number.
 * @returns The quantity as text.
 * @throws {DecodeError} If it is none.
 */
export function quantity(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !QUANTITY_REGEXP.test(text)) {
    throw new DecodeError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      { isFinal: true },
    );
  }
  const [, digits = "", unit = ""] = QUANTITY_REGEXP.exec(text) ?? [];
  // Whole thousandths are units.
  if (unit === "m" && /^[+-]?\d+000$/.test(digits)) return digits.slice(0, -3);
  return text;
}
