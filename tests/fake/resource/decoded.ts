import type { JsonObject } from "../schema/type_schema.ts";

/** An object as read from a body. */
export interface Decoded {
  /** The object without unknown fields. */
  readonly object: JsonObject;
  /** Paths of the fields that were dropped. */
  readonly unknown: readonly string[];
}

/** A body that does not fit the Go type of its kind. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** The same in words of what converts objects without a type. */
  readonly converting: string;

  /**
   * Says what does not fit.
   *
   * @param message In words of the decoder of JSON.
   * @param converting In words of what converts objects without a type.
   */
  constructor(message: string, converting?: string) {
    super(message);
    this.converting = converting ?? `error decoding from json: ${message}`;
  }
}
