/** What is wrong with one field. */
export interface FieldError {
  /** Machine-readable reason, e.g. `FieldValueInvalid`. */
  readonly reason: string;
  /** The reason in words, with the value. */
  readonly message: string;
  /** Path of the field, e.g. `spec.ports[0].name`. */
  readonly field: string;
}

/**
 * Writes an error as the message of a Status holds it.
 *
 * @param error The error.
 * @returns The field and what is wrong with it.
 */
export function fieldErrorText({ field, message }: FieldError): string {
  return `${field}: ${message}`;
}

/** Says that a value is wrong. */
export function invalidValue(
  field: string,
  value: unknown,
  why: string,
): FieldError {
  return {
    reason: "FieldValueInvalid",
    message: `Invalid value: ${goValue(value)}: ${why}`,
    field,
  };
}

/** Says that a value has the wrong type. */
export function invalidType(
  field: string,
  value: unknown,
  why: string,
): FieldError {
  const error = invalidValue(field, value, why);
  return { ...error, reason: "FieldValueTypeInvalid" };
}

/** Says that a value is missing. */
export function required(field: string, why = ""): FieldError {
  return {
    reason: "FieldValueRequired",
    message: why === "" ? "Required value" : `Required value: ${why}`,
    field,
  };
}

/** Says that a value occurs twice. */
export function duplicate(field: string, value: unknown): FieldError {
  return {
    reason: "FieldValueDuplicate",
    message: `Duplicate value: ${goValue(value)}`,
    field,
  };
}

/** Says that a value must not be given. */
export function forbiddenField(field: string, why: string): FieldError {
  return {
    reason: "FieldValueForbidden",
    message: `Forbidden: ${why}`,
    field,
  };
}

/** Says that a value is none of those supported. */
export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): FieldError {
  const values = supported.map((text) => goQuote(text)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${goValue(value)}` +
      (supported.length === 0 ? "" : `: supported values: ${values}`),
    field,
  };
}

/** Says that a value is longer than so many bytes. */
export function tooLong(field: string, bytes: number): FieldError {
  return {
    reason: "FieldValueTooLong",
    message: `Too long: may not be more than ${bytes} bytes`,
    field,
  };
}

/**
 * Writes a text as Go's `%q` does.
 *
 * @param text Any text.
 * @returns The text in double quotes.
 */
export function goQuote(text: string): string {
  return JSON.stringify(text).replace(
    /\\u00([01][0-9a-f])|\\b|\\f|\u007f/g,
    (found, hex) =>
      found === "\\b" ? "\\b" : found === "\\f" ? "\\f" : `\\x${hex ?? "7f"}`,
  );
}

function goValue(value: unknown): string {
  return typeof value === "string" ? goQuote(value) : JSON.stringify(value);
}
