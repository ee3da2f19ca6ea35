/** Any JSON value, read-only. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | JsonObject;

/** A JSON object, read-only. */
export interface JsonObject {
  /** Any member. */
  readonly [key: string]: JsonValue;
}

/**
 * The JSON form of an object type that holds times and quantities as objects.
 *
 * Every member is read-only, times and quantities are strings, and `null` is left out.
 *
 * @typeParam T A type of `@cloudydeno/kubernetes-apis`.
 */
export type Wire<T> = { readonly [K in keyof T]: WireValue<T[K]> };

/**
 * The JSON form of one value of a {@linkcode Wire}.
 *
 * A type that holds every JSON value stays one; the second line finds it without recursion.
 *
 * @typeParam T The type of the value.
 */
export type WireValue<T> = unknown extends T ? JsonValue
  : [
    string | number | boolean | null | string[] | { [key: string]: string },
  ] extends [T] ? JsonValue
  : WireMember<Exclude<T, null>>;

/**
 * The JSON form of one member of a union; see {@linkcode WireValue}.
 *
 * @typeParam T The type of the member.
 */
export type WireMember<T> = T extends string | number | boolean | undefined ? T
  : T extends { toISOString(): string } | { serialize(): string } ? string
  : T extends readonly (infer U)[] ? readonly WireValue<U>[]
  : string extends keyof T ? Readonly<Record<string, WireValue<T[keyof T]>>>
  : Wire<T>;

/**
 * A type with every member read-only, at every depth.
 *
 * @typeParam T The type.
 */
export type Immutable<T> = T extends readonly (infer U)[]
  ? readonly Immutable<U>[]
  : T extends object ? { readonly [K in keyof T]: Immutable<T[K]> }
  : T;
