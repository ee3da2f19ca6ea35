import type { JsonObject } from "../schema/type_schema.ts";

/** An object as read from a body. */
export interface Decoded {
  /** The object without unknown fields. */
  readonly object: JsonObject;
  /** Paths of the fields that were dropped. */
  readonly unknown: readonly string[];
}

/** How a {@linkcode DecodeError} is said. */
export interface DecodeErrorOptions {
  /**
   * In words of what converts objects without a type.
   *
   * @default {message} the same
   */
  readonly converting?: string;
  /**
   * Whether the decoder of JSON reads no further, so that this error is told
   * and no earlier one.
   *
   * @default {false}
   */
  readonly isFinal?: boolean;
}

/** A body that does not fit the Go type of its kind. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** The same in words of what converts objects without a type. */
  readonly converting: string;
  /** Whether the decoder of JSON reads no further. */
  readonly isFinal: boolean;

  /**
   * Says what does not fit.
   *
   * @param message In words of the decoder of JSON.
   * @param options How else it is said.
   */
  constructor(
    message: string,
    { converting = message, isFinal = false }: DecodeErrorOptions = {},
  ) {
    super(message);
    this.converting = converting;
    this.isFinal = isFinal;
  }
}
