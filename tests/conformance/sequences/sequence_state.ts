import type { SequenceKind } from "./sequence_kinds.ts";

/** What the next request depends on. */
export interface SequenceState {
  /** The kind that is written. */
  readonly kind: SequenceKind;
  /** Name of the object. */
  readonly name: string;
  /** The object as last seen; `undefined` if there is none. */
  readonly last: Readonly<Record<string, unknown>> | undefined;
}
