import type { Conversion } from "../conversion/conversion.ts";
import type { ConversionCall } from "../conversion/convert_object.ts";
import { webhookConversion } from "../conversion/webhook_conversion.ts";
import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import { customStrategy } from "../resource/custom_strategy.ts";
import type {
  ScalePaths,
  ServedResource,
} from "../resource/served_resource.ts";
import { crdSchema } from "../schema/crd_schema.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { setSchemaDefaults } from "./defaulting.ts";
import { prune } from "./pruning.ts";
import { type CrdSpec, type CrdVersion, simplePath } from "./crd_spec.ts";
import { printerCells, printerColumns } from "./printer_columns.ts";

/** Verbs of a custom resource, in the order of discovery. */
const VERBS = [
  "delete",
  "deletecollection",
  "get",
  "list",
  "patch",
  "create",
  "update",
  "watch",
];
const SUBRESOURCE_VERBS = ["get", "patch", "update"];

/** What a custom resource needs of the server. */
export interface CustomResourceOptions {
  /** Calls the conversion webhook of the CRD. */
  readonly server: ConversionCall["server"];
  /** Whether the CRD is being deleted. */
  readonly isTerminating: () => boolean;
}

/**
 * Makes the resource of one version of a CRD.
 *
 * @param spec Spec of the CRD.
 * @param version The version.
 * @param options What it needs of the server.
 * @returns The resource.
 */
export function customResource(
  spec: CrdSpec,
  version: CrdVersion,
  { server, isTerminating }: CustomResourceOptions,
): ServedResource {
  const { group, names } = spec;
  const apiVersion = `${group}/${version.name}`;
  const { subresources = {} } = version;
  const hasStatus = subresources.status !== undefined;
  const schema = schemaOf(version);
  const scale = scalePaths(subresources.scale);
  const conversion = conversionOf(spec, apiVersion, server);
  const own = { kind: names.kind, group, version: version.name };
  return {
    ...own,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    namespaced: spec.scope === "Namespaced",
    verbs: VERBS,
    subresources: [
      ...hasStatus
        ? [{ name: "status", ...own, verbs: SUBRESOURCE_VERBS }]
        : [],
      ...scale ? [SCALE] : [],
    ],
    apiVersion,
    listKind: names.listKind ?? `${names.kind}List`,
    collection: `${group}/${names.plural}`,
    strategy: customStrategy({
      apiVersion,
      kind: names.kind,
      schema,
      hasStatus,
      scale,
      deprecation: version.deprecated === true
        ? version.deprecationWarning ??
          `${apiVersion} ${names.kind} is deprecated`
        : undefined,
      selectableFields: selectableFields(version),
    }),
    columns: printerColumns(version.additionalPrinterColumns),
    cells: printerCells(version.additionalPrinterColumns),
    scale,
    get createBlocked() {
      return isTerminating()
        ? "create not allowed while custom resource definition is terminating"
        : undefined;
    },
    conversion,
    schema: () => Promise.resolve(schema),
    toStored: (object) => ({ ...object, apiVersion: storedVersion(spec) }),
    fromStored: (object) =>
      conversion !== undefined
        ? conversion.converted(object)
        : object.apiVersion === apiVersion
        ? object
        : { ...object, apiVersion },
  };
}

const ANYTHING: JsonObject = {
  type: "object",
  "x-kubernetes-preserve-unknown-fields": true,
};

const SCALE = {
  name: "scale",
  group: "autoscaling",
  version: "v1",
  kind: "Scale",
  verbs: SUBRESOURCE_VERBS,
};

function conversionOf(
  spec: CrdSpec,
  apiVersion: string,
  server: ConversionCall["server"],
): Conversion | undefined {
  const { strategy, webhook } = spec.conversion ?? {};
  if (strategy !== "Webhook" || webhook === undefined) return undefined;
  const stored = schemaOf(storedIn(spec));
  return webhookConversion({
    server,
    apiVersion,
    storedVersion: storedVersion(spec),
    config: webhook.clientConfig ?? {},
    reviewVersions: webhook.conversionReviewVersions,
    completed: (object) => setSchemaDefaults(object, stored),
    pruned({ metadata, ...rest }) {
      const { object } = prune(rest, stored);
      return { ...object, metadata };
    },
  });
}

function schemaOf(version: CrdVersion | undefined): TypeSchema {
  const hasStatus = version?.subresources?.status !== undefined;
  const { openAPIV3Schema = ANYTHING } = version?.schema ?? {};
  return crdSchema(openAPIV3Schema, { hasStatus });
}

function storedIn({ versions }: CrdSpec): CrdVersion | undefined {
  return versions.find(({ storage }) => storage);
}

function storedVersion(spec: CrdSpec): string {
  return `${spec.group}/${storedIn(spec)?.name}`;
}

function scalePaths(scale: unknown): ScalePaths | undefined {
  if (!isObject(scale)) return undefined;
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale;
  return {
    spec: simplePath(String(specReplicasPath)),
    status: simplePath(String(statusReplicasPath)),
    selector: typeof labelSelectorPath === "string"
      ? simplePath(labelSelectorPath)
      : undefined,
  };
}

function selectableFields(
  { selectableFields = [] }: CrdVersion,
): Record<string, (object: JsonObject) => string> {
  return Object.fromEntries(selectableFields.map(({ jsonPath }) => {
    const path = simplePath(jsonPath);
    return [
      path.join("."),
      (object: JsonObject) => String(valueAt(object, path) ?? ""),
    ];
  }));
}
