import type { JsonObject } from "../schema/type_schema.ts";
import type { WebhookClientConfig } from "../webhook/webhook_client_config.ts";

/** One version of a CRD. */
export interface CrdVersion {
  /** As `v1alpha1`. */
  readonly name: string;
  /** Whether the server answers for it. */
  readonly served: boolean;
  /** Whether objects are stored in it. */
  readonly storage: boolean;
  /** Whether its use is warned about. */
  readonly deprecated?: boolean;
  /** The text of that warning. */
  readonly deprecationWarning?: string;
  /** What an object looks like. */
  readonly schema?: { readonly openAPIV3Schema?: JsonObject };
  /** The `status` and `scale` subresources. */
  readonly subresources?: {
    /** Present if there is a status subresource. */
    readonly status?: JsonObject;
    /** Present if there is a scale subresource. */
    readonly scale?: JsonObject;
  };
  /** Columns of tables. */
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  /** Fields that selectors may name. */
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
}

/** A column of tables. */
export interface PrinterColumn {
  /** Title. */
  readonly name: string;
  /** OpenAPI type of its cells. */
  readonly type: string;
  /** OpenAPI format of its cells. */
  readonly format?: string;
  /** For people. */
  readonly description?: string;
  /** 0 for those shown always. */
  readonly priority?: number;
  /** Where its cells are. */
  readonly jsonPath: string;
}

/** The spec of a CRD. */
export interface CrdSpec {
  /** API group. */
  readonly group: string;
  /** Whether objects live in a namespace. */
  readonly scope: "Cluster" | "Namespaced";
  /** What the kind is called. */
  readonly names: {
    /** Name of the resource in paths. */
    readonly plural: string;
    /** Name of one object. */
    readonly singular?: string;
    /** Name of the kind. */
    readonly kind: string;
    /** Name of the kind of lists. */
    readonly listKind?: string;
    /** Abbreviations. */
    readonly shortNames?: readonly string[];
    /** Groups of resources. */
    readonly categories?: readonly string[];
  };
  /** How objects become another version. */
  readonly conversion?: {
    /** Whether a webhook is asked, or nothing but the apiVersion changes. */
    readonly strategy: "None" | "Webhook";
    /** The webhook. */
    readonly webhook?: {
      /** Where it is. */
      readonly clientConfig?: WebhookClientConfig;
      /** Versions of ConversionReview that it understands. */
      readonly conversionReviewVersions: readonly string[];
    };
  };
  /** The versions. */
  readonly versions: readonly CrdVersion[];
}

/**
 * Splits a JSON path that names only fields.
 *
 * @param jsonPath As `.spec.replicas`.
 * @returns The names.
 */
export function simplePath(jsonPath: string): string[] {
  return jsonPath.split(".").filter((name) => name !== "");
}
