import type { CustomResourceVersion } from "./crd_manifest.ts";
import type { CustomKind } from "./custom_kind.ts";
import { inputSchema } from "./input_schema.ts";
import type { Schema } from "./schema.ts";
import { SchemaError } from "./schema_error.ts";
import { statusSchema } from "./status_schema.ts";
import { structuralSchema } from "./structural_schema.ts";
import type { StructuralSchema } from "./structural_type.ts";
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
  const { description } = kind;
  const schema = {
    ...description === undefined ? {} : { description },
    type: "object",
    required: ["spec"],
    properties: partSchemas(kind),
  };
  // a copy, since a schema can hold the values of a library
  return JSON.parse(JSON.stringify(schema));
}

function partSchemas(
  { kind, spec, status }: CustomKind<unknown>,
): Record<"spec" | "status", StructuralSchema> {
  const part = (name: string, schema: Schema): StructuralSchema =>
    structuralSchema(inputSchema(schema, name), name);
  try {
    return {
      spec: part("spec", spec),
      status: statusSchema(status === undefined ? {} : part("status", status)),
    };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const { path, reason, cause } = error;
    throw new SchemaError(path, reason, { kind, cause });
  }
}
