import type { KubeObject, WrittenMeta } from "./object.ts";
import type { ObjectKey, Scope } from "./scope.ts";

/**
 * Metadata that an author writes: the key, and nothing the server owns.
 *
 * @typeParam S The scope of the kind.
 */
export type ConfiguredMeta<S extends Scope = Scope> =
  & ObjectKey<S>
  & WrittenMeta
  & ServerOwned;

/** Fields only the server sets; live metadata is refused because of them. */
export interface ServerOwned {
  /** Set by the server. */
  readonly uid?: never;
  /** Set by the server. */
  readonly resourceVersion?: never;
  /** Set by the server. */
  readonly creationTimestamp?: never;
  /** Set by the server. */
  readonly generation?: never;
  /** Set by the server. */
  readonly deletionTimestamp?: never;
}

/**
 * What every configuration starts with.
 *
 * @typeParam S The scope of the kind.
 */
export interface Configuration<S extends Scope> {
  /** Known from the kind. */
  readonly apiVersion?: string;
  /** Known from the kind. */
  readonly kind?: string;
  /** Names the object. */
  readonly metadata: ConfiguredMeta<S>;
}

/**
 * A whole object to create.
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 */
export type Manifest<T extends KubeObject<S>, S extends Scope> =
  & Configuration<S>
  & Omit<T, keyof KubeObject | "status">;

/**
 * The fields one manager wants to own, for server-side apply.
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 */
export type ApplyConfiguration<T extends KubeObject<S>, S extends Scope> =
  & Configuration<S>
  & DeepPartial<Omit<T, keyof KubeObject | "status">>;

/**
 * The status fields one manager wants to own.
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 */
export interface StatusConfiguration<T extends KubeObject<S>, S extends Scope> {
  /** Names the object; only its key is sent. */
  readonly metadata: ObjectKey<S>;
  /** The fields. */
  readonly status: DeepPartial<StatusOf<T>>;
}

/**
 * The status type of an object type, `never` without one.
 *
 * @typeParam T The object type.
 */
export type StatusOf<T> = T extends { readonly status?: infer Status }
  ? NonNullable<Status>
  : never;

/**
 * A type with every member optional, at every depth; `undefined` means absent.
 *
 * @typeParam T The type.
 */
export type DeepPartial<T> = {
  readonly [K in keyof T]?: PartialValue<T[K]> | undefined;
};

/**
 * One member of a {@linkcode DeepPartial}; maps keep their values whole.
 *
 * @typeParam T The type of the member.
 */
export type PartialValue<T> = T extends readonly (infer U)[]
  ? readonly PartialValue<U>[]
  : T extends object ? (string extends keyof T ? T : DeepPartial<T>)
  : T;
