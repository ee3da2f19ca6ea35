import type { CustomResourceDefinitionManifest } from "./crd_manifest.ts";
import type { Kind } from "./kind.ts";
import type { KubeObject } from "./object.ts";
import type { Schema } from "./schema.ts";
import type { Scope } from "./scope.ts";

/** What a CRD says about a custom kind besides its names and schemas. */
export interface CustomKindOptions {
  /**
   * Name of one object, in lowercase.
   *
   * @default {the kind in lowercase}
   */
  readonly singular?: string;
  /**
   * Name of the kind of lists.
   *
   * @default {the kind with "List" behind}
   */
  readonly listKind?: string;
  /**
   * Short names for kubectl, in lowercase.
   *
   * @default {[]}
   */
  readonly shortNames?: readonly string[];
  /**
   * Groups of resources the kind belongs to, as `"all"` in `kubectl get all`.
   *
   * @default {[]}
   */
  readonly categories?: readonly string[];
  /**
   * Columns of `kubectl get`, besides the name; the server shows the age when
   * there are none.
   *
   * @default {[]}
   */
  readonly printerColumns?: readonly PrinterColumn[];
  /**
   * Where the scale subresource finds the replicas.
   *
   * @default {undefined} The kind has no scale subresource.
   */
  readonly scale?: ScalePaths;
  /**
   * Fields that field selectors can name, as `".spec.color"`; at most eight.
   *
   * @default {[]}
   */
  readonly selectableFields?: readonly string[];
  /**
   * Whether the server warns who uses this version.
   *
   * @default {false}
   */
  readonly deprecated?: boolean;
  /**
   * The text of that warning, at most 256 characters.
   *
   * @default {a text of the server}
   */
  readonly deprecationWarning?: string;
  /**
   * What `kubectl explain` says about the kind.
   *
   * @default {undefined} Nothing.
   */
  readonly description?: string;
}

/** A column of `kubectl get`. */
export interface PrinterColumn {
  /** Header of the column. */
  readonly name: string;
  /** How the value is shown; a date is shown as an age. */
  readonly type: "boolean" | "date" | "integer" | "number" | "string";
  /** Where the value is, as `".spec.replicas"`. */
  readonly jsonPath: string;
  /**
   * What the column means.
   *
   * @default {undefined} Nothing.
   */
  readonly description?: string;
  /**
   * OpenAPI format of the value, as `"date-time"`.
   *
   * @default {undefined} None.
   */
  readonly format?: string;
  /**
   * Columns above 0 are shown by `-o wide` only.
   *
   * @default {0}
   */
  readonly priority?: number;
}

/** Where the scale subresource finds the replicas. */
export interface ScalePaths {
  /** Replicas that are wanted, as `".spec.replicas"`. */
  readonly specReplicasPath: string;
  /** Replicas that there are, as `".status.replicas"`. */
  readonly statusReplicasPath: string;
  /**
   * Selector of the pods as text, as `".status.selector"`; autoscalers need it.
   *
   * @default {undefined} None.
   */
  readonly labelSelectorPath?: string;
}

/**
 * Describes a custom kind.
 *
 * @typeParam Input The type of a spec before defaults.
 * @typeParam Spec The type of a spec after defaults.
 * @typeParam Status The type of the status.
 * @typeParam S The scope of the kind.
 */
export interface KindDefinition<
  Input,
  Spec extends Input,
  Status,
  S extends Scope,
> extends CustomKindOptions {
  /** API group: a DNS domain of at least two labels, as `"example.io"`. */
  readonly group: string;
  /** API version without the group, as `"v1"` or `"v1alpha1"`. */
  readonly version: string;
  /** Name of the kind, in CamelCase. */
  readonly kind: string;
  /** Name of the resource in URLs, in lowercase. */
  readonly plural: string;
  /** Whether objects live in a namespace. */
  readonly scope: S;
  /** Schema of the spec. */
  readonly spec: Schema<Spec, Input>;
  /**
   * Schema of the status, an object; `conditions` and `observedGeneration` are
   * added to it.
   *
   * @default {undefined} Only the two that are added.
   */
  readonly status?: Schema<Status>;
}

/**
 * A custom kind with its schemas.
 *
 * @typeParam T The type of its objects.
 * @typeParam S The scope.
 */
export interface CustomKind<T = KubeObject, S extends Scope = Scope>
  extends Kind<T, S>, CustomKindOptions {
  /** Schema of the spec. */
  readonly spec: Schema;
  /** Schema of the status, besides the standard fields. */
  readonly status?: Schema;
  /**
   * The complete CustomResourceDefinition with this one version, as plain JSON.
   *
   * Made at first use, since a running operator seldom needs it; a
   * {@linkcode SchemaError} says here what Kubernetes cannot hold.
   */
  readonly manifest: CustomResourceDefinitionManifest;
}
