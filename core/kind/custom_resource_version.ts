import type { CustomResourceVersion } from "./crd_manifest.ts";
import type { CustomKind } from "./custom_kind.ts";
import { inputSchema } from "./input_schema.ts";
import { statusSchema } from "./status_schema.ts";
import { structuralSchema } from "./structural_schema.ts";
import type { JsonObject } from "./wire.ts";

/**
 * Makes one version of a CRD.
 *
 * @param kind The custom kind.
 * @param use Whether the server answers for the version and stores in it.
 * @returns The version.
 * @throws {SchemaError} If a schema has no Kubernetes form.
 */
export function customResourceVersion(
  kind: CustomKind<unknown>,
  use: { readonly served: boolean; readonly storage: boolean },
): CustomResourceVersion {
  const { deprecated, deprecationWarning, printerColumns = [] } = kind;
  const { selectableFields = [] } = kind;
  return {
    name: kind.version,
    served: use.served,
    storage: use.storage,
    ...deprecated === undefined ? {} : { deprecated },
    ...deprecationWarning === undefined ? {} : { deprecationWarning },
    schema: { openAPIV3Schema: objectSchema(kind) },
    subresources: {
      status: {},
      ...kind.scale === undefined ? {} : { scale: { ...kind.scale } },
    },
    ...printerColumns.length === 0
      ? {}
      : { additionalPrinterColumns: printerColumns.map((c) => ({ ...c })) },
    ...selectableFields.length === 0 ? {} : {
      selectableFields: selectableFields.map((jsonPath) => ({ jsonPath })),
    },
  };
}

function objectSchema(kind: CustomKind<unknown>): JsonObject {
  const { description, spec, status } = kind;
  const schema = {
    ...description === undefined ? {} : { description },
    type: "object",
    required: ["spec"],
    properties: {
      spec: structuralSchema(inputSchema(spec, "spec"), "spec"),
      status: statusSchema(
        status === undefined
          ? {}
          : structuralSchema(inputSchema(status, "status"), "status"),
      ),
    },
  };
  // a copy, since a schema can hold the values of a library
  return JSON.parse(JSON.stringify(schema));
}
