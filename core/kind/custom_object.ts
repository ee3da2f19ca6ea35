import type { Condition, KubeObject, ObjectMeta } from "./object.ts";
import type { Scope } from "./scope.ts";
import type { Immutable } from "./wire.ts";

/**
 * An object of a custom kind.
 *
 * @typeParam Spec The type of the spec.
 * @typeParam Status The type of the status.
 * @typeParam S The scope of the kind.
 */
export interface CustomObject<Spec, Status, S extends Scope>
  extends KubeObject<S> {
  /** Metadata; custom objects always have a generation. */
  readonly metadata: ObjectMeta<S> & { readonly generation: number };
  /** What is wanted. */
  readonly spec: Immutable<Spec>;
  /** What is; absent until somebody writes it. */
  readonly status?: CustomStatus<Status>;
}

/**
 * The status of a custom object: its own fields and the standard ones.
 *
 * @typeParam Status The type of its own fields.
 */
export type CustomStatus<Status> = Immutable<Status> & StandardStatus;

/** The status fields that every custom kind has. */
export interface StandardStatus {
  /** What is observed, one entry per type. */
  readonly conditions?: readonly Condition[];
  /** Generation of the spec that the status speaks about. */
  readonly observedGeneration?: number;
}

/** The own status fields of a kind that declares none. */
export type NoStatus = Record<never, never>;
