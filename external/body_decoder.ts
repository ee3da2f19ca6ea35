import { type DocumentSchema, validateDocument } from "./document_schema.ts";

/**
 * Makes a value of the bytes of a document.
 *
 * @typeParam T The type of the value.
 * @param bytes The bytes.
 * @returns The value; throws an error whose message has no part of it.
 */
export type BodyDecoder<T> = (
  bytes: Uint8Array<ArrayBuffer>,
) => T | Promise<T>;

/**
 * Decodes JSON, and validates it.
 *
 * @example Decode and validate
 * ```ts
 * import { jsonBody } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const decode = jsonBody(z.object({ color: z.string() }));
 * const bytes = new TextEncoder().encode('{"color":"blue"}');
 * assertEquals(await decode(bytes), { color: "blue" });
 * ```
 *
 * @typeParam T The type of a valid value.
 * @param schema A Standard Schema: zod, ArkType, Valibot.
 * @returns The decoder.
 */
export function jsonBody<T>(schema: DocumentSchema<T>): BodyDecoder<T> {
  return (bytes) => validateDocument(schema, anyJsonBody(bytes));
}

/**
 * Decodes JSON of any shape.
 *
 * @example Decode
 * ```ts
 * import { anyJsonBody } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(anyJsonBody(new TextEncoder().encode("[1]")), [1]);
 * ```
 *
 * @param bytes The bytes.
 * @returns The value.
 * @throws {TypeError} If it is no JSON in UTF-8.
 */
export function anyJsonBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textBody(bytes));
  } catch {
    throw new TypeError("it is no JSON"); // V8 quotes the text
  }
}

/**
 * Decodes text.
 *
 * @example Decode
 * ```ts
 * import { textBody } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textBody(new TextEncoder().encode("hello")), "hello");
 * ```
 *
 * @param bytes The bytes.
 * @returns The text, without a byte order mark.
 * @throws {TypeError} If it is not in UTF-8.
 */
export function textBody(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TypeError("it is no text in UTF-8");
  }
}

/**
 * Leaves bytes as they are.
 *
 * @example Keep the bytes
 * ```ts
 * import { bytesBody } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array([1, 2]);
 * assertEquals(bytesBody(bytes), bytes);
 * ```
 *
 * @param bytes The bytes.
 * @returns The same bytes.
 */
export function bytesBody(
  bytes: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  return bytes;
}
