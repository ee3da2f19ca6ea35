import type { JsonObject } from "./wire.ts";

/** A CustomResourceDefinition as written, in plain JSON. */
export type CustomResourceDefinitionManifest = {
  /** API version of CustomResourceDefinitions. */
  readonly apiVersion: "apiextensions.k8s.io/v1";
  /** Kind of CustomResourceDefinitions. */
  readonly kind: "CustomResourceDefinition";
  /** Names the definition: `"plural.group"`. */
  readonly metadata: {
    /** As `"greetings.example.io"`. */
    readonly name: string;
  };
  /** What is defined. */
  readonly spec: CustomResourceDefinitionSpec;
};

/** The spec of a {@linkcode CustomResourceDefinitionManifest}. */
export type CustomResourceDefinitionSpec = {
  /** API group. */
  readonly group: string;
  /** Whether objects live in a namespace. */
  readonly scope: "Cluster" | "Namespaced";
  /** What the kind is called. */
  readonly names: CustomResourceNames;
  /** The versions; exactly one is stored. */
  readonly versions: readonly CustomResourceVersion[];
  /** How objects get from one version to another. */
  readonly conversion?: CustomResourceConversion;
};

/** The names of a custom kind. */
export type CustomResourceNames = {
  /** Name of the resource in URLs. */
  readonly plural: string;
  /** Name of one object. */
  readonly singular: string;
  /** Name of the kind. */
  readonly kind: string;
  /** Name of the kind of lists. */
  readonly listKind: string;
  /** Short names for kubectl. */
  readonly shortNames?: readonly string[];
  /** Groups of resources the kind belongs to. */
  readonly categories?: readonly string[];
};

/** One version of a custom kind. */
export type CustomResourceVersion = {
  /** As `"v1alpha1"`. */
  readonly name: string;
  /** Whether the server answers for it. */
  readonly served: boolean;
  /** Whether objects are stored in it. */
  readonly storage: boolean;
  /** Whether the server warns who uses it. */
  readonly deprecated?: boolean;
  /** The text of that warning. */
  readonly deprecationWarning?: string;
  /** What an object looks like. */
  readonly schema: {
    /** A structural schema. */
    readonly openAPIV3Schema: JsonObject;
  };
  /** Parts with URLs of their own. */
  readonly subresources: {
    /** Present: the status has its own URL. */
    readonly status: JsonObject;
    /** Where the scale subresource finds the replicas. */
    readonly scale?: JsonObject;
  };
  /** Columns of `kubectl get`. */
  readonly additionalPrinterColumns?: readonly JsonObject[];
  /** Fields that field selectors can name. */
  readonly selectableFields?: readonly {
    /** As `".spec.color"`. */
    readonly jsonPath: string;
  }[];
};

/** How objects of a custom kind get from one version to another. */
export type CustomResourceConversion = {
  /** Only `apiVersion` changes. */
  readonly strategy: "None";
} | {
  /** A webhook converts. */
  readonly strategy: "Webhook";
  /** Where the webhook is. */
  readonly webhook: {
    /** How to reach it. */
    readonly clientConfig: ConversionClientConfig;
    /** Versions of ConversionReview it knows, the best first. */
    readonly conversionReviewVersions: readonly string[];
  };
};

/** How the API server reaches a conversion webhook: by service or URL. */
export type ConversionClientConfig = {
  /** Certificates that vouch for it: PEM text in base64. */
  readonly caBundle?: string;
  /** An `https` URL without query, instead of a service. */
  readonly url?: string;
  /** A service in the cluster, instead of a URL. */
  readonly service?: {
    /** Name of the service. */
    readonly name: string;
    /** Namespace of the service. */
    readonly namespace: string;
    /** Path of the webhook. */
    readonly path?: string;
    /** Port of the service; the server takes 443. */
    readonly port?: number;
  };
};
