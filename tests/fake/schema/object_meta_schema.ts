import type { TypeSchema } from "./type_schema.ts";

const STRING: TypeSchema = { type: "string" };
const INT64: TypeSchema = { type: "integer", validation: { format: "int64" } };
const TIME: TypeSchema = {
  goType: "v1.Time",
  type: "string",
  validation: { format: "date-time" },
};
const STRINGS: TypeSchema = {
  type: "object",
  additionalProperties: { type: "string", default: "" },
};
const REQUIRED_STRING: TypeSchema = { type: "string", default: "" };

const OWNER_REFERENCE: TypeSchema = {
  goType: "v1.OwnerReference",
  type: "object",
  default: {},
  required: ["apiVersion", "kind", "name", "uid"],
  always: ["apiVersion", "kind", "name", "uid"],
  mapType: "atomic",
  properties: {
    apiVersion: REQUIRED_STRING,
    blockOwnerDeletion: { type: "boolean" },
    controller: { type: "boolean" },
    kind: REQUIRED_STRING,
    name: REQUIRED_STRING,
    uid: { ...REQUIRED_STRING, goType: "types.UID" },
  },
};

const MANAGED_FIELDS_ENTRY: TypeSchema = {
  goType: "v1.ManagedFieldsEntry",
  type: "object",
  default: {},
  nonzero: ["apiVersion", "fieldsType", "manager", "operation", "subresource"],
  properties: {
    apiVersion: STRING,
    fieldsType: STRING,
    fieldsV1: {
      goType: "v1.FieldsV1",
      type: "object",
      preserveUnknownFields: true,
    },
    manager: STRING,
    operation: { ...STRING, goType: "v1.ManagedFieldsOperationType" },
    subresource: STRING,
    time: TIME,
  },
};

/** Schema of `metadata`: the same for every kind, built-in or custom. */
export const OBJECT_META_SCHEMA: TypeSchema = {
  goType: "v1.ObjectMeta",
  type: "object",
  nonzero: [
    "generateName",
    "generation",
    "name",
    "namespace",
    "resourceVersion",
    "selfLink",
    "uid",
  ],
  properties: {
    annotations: STRINGS,
    creationTimestamp: TIME,
    deletionGracePeriodSeconds: INT64,
    deletionTimestamp: TIME,
    finalizers: {
      type: "array",
      listType: "set",
      patchStrategy: "merge",
      items: REQUIRED_STRING,
    },
    generateName: STRING,
    generation: INT64,
    labels: STRINGS,
    managedFields: {
      type: "array",
      listType: "atomic",
      items: MANAGED_FIELDS_ENTRY,
    },
    name: STRING,
    namespace: STRING,
    ownerReferences: {
      type: "array",
      listType: "map",
      listMapKeys: ["uid"],
      patchStrategy: "merge",
      patchMergeKey: "uid",
      items: OWNER_REFERENCE,
    },
    resourceVersion: STRING,
    selfLink: STRING,
    uid: { ...STRING, goType: "types.UID" },
  },
};
