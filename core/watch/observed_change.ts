import type { Writer } from "../client/writer.ts";
import type { StoreChange } from "./store_change.ts";

/**
 * A change of an object, and what is known of its cause.
 *
 * @typeParam T The object type.
 */
export type ObservedChange<T> = StoreChange<T> & {
  /** The reconcile whose write it is, and nothing else; else `undefined`. */
  readonly writer: Writer | undefined;
  /** Whether it is a write of this client and nothing else, by whomever. */
  readonly own: boolean;
  /** Whether nothing changed: the object was there before anybody looked. */
  readonly initial: boolean;
};

/**
 * A change as somebody else's.
 *
 * @typeParam T The object type.
 * @param change The change.
 * @returns The same change, and what is known of its cause.
 */
export function foreign<T>(change: StoreChange<T>): ObservedChange<T> {
  return { ...change, writer: undefined, own: false, initial: false };
}
