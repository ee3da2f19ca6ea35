import type { Kind } from "./kind.ts";
import type { Condition, KubeObject, ObjectMeta } from "./object.ts";
import type { Schema } from "./schema.ts";
import type { Scope } from "./scope.ts";
import type { Immutable } from "./wire.ts";

/**
 * An object of a custom kind.
 *
 * @typeParam Spec The type of the spec.
 * @typeParam Status The type of the status.
 * @typeParam S The scope of the kind.
 */
export interface CustomObject<Spec, Status, S extends Scope> extends KubeObject<S> {
  /** Metadata; custom objects always have a generation. */
  readonly metadata: ObjectMeta<S> & { readonly generation: number };
  /** What is wanted. */
  readonly spec: Immutable<Spec>;
  /** What is. */
  readonly status?: CustomStatus<Status>;
}

/**
 * The status of a custom object: its own fields, and conditions.
 *
 * @typeParam Status The type of its own fields.
 */
export type CustomStatus<Status> = Immutable<Status> & { readonly conditions?: readonly Condition[] };

/** The own status fields of a kind that declares none. */
export type NoStatus = Record<never, never>;

/**
 * Describes a custom kind.
 *
 * @typeParam Input The type of a spec before defaults.
 * @typeParam Spec The type of a spec after defaults.
 * @typeParam Status The type of the status.
 * @typeParam S The scope of the kind.
 */
export interface KindDefinition<Input, Spec extends Input, Status, S extends Scope> {
  /** API group. */
  readonly group: string;
  /** API version without the group. */
  readonly version: string;
  /** Name of the kind. */
  readonly kind: string;
  /** Name of the resource in URLs. */
  readonly plural: string;
  /** Whether objects live in a namespace. */
  readonly scope: S;
  /** Schema of the spec. */
  readonly spec: Schema<Spec, Input>;
  /** Schema of the status, besides conditions. */
  readonly status?: Schema<Status>;
}

/**
 * A custom kind with its schemas.
 *
 * @typeParam T The type of its objects.
 * @typeParam S The scope.
 */
export interface CustomKind<T = KubeObject, S extends Scope = Scope> extends Kind<T, S> {
  /** Schema of the spec. */
  readonly spec: Schema;
  /** Schema of the status. */
  readonly status?: Schema;
}

/**
 * Makes a custom kind.
 *
 * `Spec extends Input` refuses schemas that turn a value into one of another type: the API server stores the input.
 *
 * @typeParam Input The type of a spec before defaults.
 * @typeParam Spec The type of a spec after defaults.
 * @typeParam S The scope of the kind.
 * @typeParam Status The type of the status.
 * @param definition What the kind is.
 * @returns The descriptor.
 */
export function defineKind<Input, Spec extends Input, S extends Scope, Status = NoStatus>(
  definition: KindDefinition<Input, Spec, Status, S>,
): CustomKind<CustomObject<Spec, Status, S>, S> {
  return Object.freeze({ ...definition, apiVersion: `${definition.group}/${definition.version}` });
}
