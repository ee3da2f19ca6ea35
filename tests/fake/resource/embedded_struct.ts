import type { TypeSchema } from "../schema/type_schema.ts";
import { PERSISTENT_VOLUME_FIELDS } from "./persistent_volume_fields.ts";

/** Structs that Go types embed, whose fields are written as their own. */
const EMBEDDED: Readonly<Record<string, EmbeddedStruct>> = {
  "v1.ConfigMapEnvSource": { name: "LocalObjectReference", fields: ["name"] },
  "v1.ConfigMapKeySelector": { name: "LocalObjectReference", fields: ["name"] },
  "v1.ConfigMapProjection": { name: "LocalObjectReference", fields: ["name"] },
  "v1.ConfigMapVolumeSource": {
    name: "LocalObjectReference",
    fields: ["name"],
  },
  "v1.SecretEnvSource": { name: "LocalObjectReference", fields: ["name"] },
  "v1.SecretKeySelector": { name: "LocalObjectReference", fields: ["name"] },
  "v1.SecretProjection": { name: "LocalObjectReference", fields: ["name"] },
  "v1.EphemeralContainer": {
    name: "EphemeralContainerCommon",
    others: ["targetContainerName"],
  },
  "v1.IngressRule": { name: "IngressRuleValue", fields: ["http"] },
  "v1.PersistentVolumeSpec": {
    name: "PersistentVolumeSource",
    others: PERSISTENT_VOLUME_FIELDS,
  },
  "v1.Probe": {
    name: "ProbeHandler",
    fields: ["exec", "grpc", "httpGet", "tcpSocket"],
  },
  "v1.RuleWithOperations": { name: "Rule", others: ["operations"] },
  "v1.Volume": { name: "VolumeSource", others: ["name"] },
};

/** A struct and which of the fields it brings. */
type EmbeddedStruct =
  | { readonly name: string; readonly fields: readonly string[] }
  | { readonly name: string; readonly others: readonly string[] };

/**
 * Finds the embedded struct that brings a field of a Go type, since messages of
 * Go's decoder name it in paths.
 *
 * @param schema Schema of the object that has the field.
 * @param field Name of the field.
 * @returns Name of the struct; `undefined` if the type has the field itself.
 */
export function embeddedStruct(
  { goType = "" }: TypeSchema,
  field: string,
): string | undefined {
  const embedded = EMBEDDED[goType];
  if (embedded === undefined) return undefined;
  const brings = "fields" in embedded
    ? embedded.fields.includes(field)
    : !embedded.others.includes(field);
  return brings ? embedded.name : undefined;
}
