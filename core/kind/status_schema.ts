import { SchemaError } from "./schema_error.ts";
import type { StructuralSchema } from "./structural_type.ts";

/**
 * Adds the standard fields to the schema of a status, unless it has its own.
 *
 * @param schema The structural schema of the own fields; `{}` without any.
 * @returns The structural schema of the whole status.
 * @throws {SchemaError} If the status is no object with named members.
 */
export function statusSchema(schema: StructuralSchema): StructuralSchema {
  const { type = "object", additionalProperties, properties } = schema;
  if (type !== "object" || additionalProperties !== undefined) {
    throw new SchemaError(
      "status",
      "a status is an object with named members, one of them conditions",
    );
  }
  return { ...schema, type, properties: { ...STANDARD, ...properties } };
}

const CONDITION: StructuralSchema = {
  type: "object",
  required: ["type", "status", "reason", "message", "lastTransitionTime"],
  properties: {
    type: {
      description: "What is observed.",
      type: "string",
      maxLength: 316,
      pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*" +
        "[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
    },
    status: {
      description: "Whether it holds.",
      type: "string",
      enum: ["True", "False", "Unknown"],
    },
    reason: {
      description: "Why, as one CamelCase word.",
      type: "string",
      minLength: 1,
      maxLength: 1024,
      pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
    },
    message: {
      description: "Why, for people.",
      type: "string",
      maxLength: 32768,
    },
    lastTransitionTime: {
      description: "When status last changed.",
      type: "string",
      format: "date-time",
    },
    observedGeneration: {
      description: "Generation of the spec that was observed.",
      type: "integer",
      format: "int64",
      minimum: 0,
    },
  },
};

/** As `metav1.Condition` of controller-gen. */
const STANDARD: Readonly<Record<string, StructuralSchema>> = {
  conditions: {
    description: "What is observed, one entry per type.",
    type: "array",
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["type"],
    items: CONDITION,
  },
  observedGeneration: {
    description: "Generation of the spec that the status speaks about.",
    type: "integer",
    format: "int64",
    minimum: 0,
  },
};
