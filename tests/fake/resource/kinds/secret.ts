import { isObject } from "../../merge/json_value.ts";
import { without } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  required,
  tooLong,
} from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";
import { dataKeyErrors, immutableErrors, VALUES_LIMIT } from "./config_map.ts";

const encoder = new TextEncoder();

/** Fields that a secret of a type must hold. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

/** `stringData` is merged into `data`, the type gets its default. */
function setDefaults(object: JsonObject): JsonObject {
  const { stringData } = object;
  const type = object.type ?? "";
  const typed = { ...object, type: type === "" ? "Opaque" : type };
  if (!isObject(stringData)) return typed;
  const data: Record<string, unknown> = {
    ...isObject(object.data) ? object.data : {},
  };
  for (const [key, text] of Object.entries(stringData)) {
    data[key] = encodeBase64(String(text));
  }
  return { ...without(typed, "stringData"), data };
}

function encodeBase64(text: string): string {
  let binary = "";
  for (const byte of encoder.encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function validate(object: JsonObject): FieldError[] {
  const data = isObject(object.data) ? object.data : {};
  const errors: FieldError[] = [];
  let size = 0;
  for (const [key, value] of Object.entries(data)) {
    errors.push(...dataKeyErrors("data", key));
    size += Math.floor(String(value).length * 3 / 4);
  }
  if (size > VALUES_LIMIT) errors.push(tooLong("data", VALUES_LIMIT));
  for (const key of REQUIRED[String(object.type)] ?? []) {
    if (!Object.hasOwn(data, key)) errors.push(required(`data[${key}]`));
  }
  return errors;
}

/** Secrets: `ValidateSecret` of Kubernetes. */
export const SECRET: NativeTraits = {
  setDefaults,
  selectableFields: { type: (object) => String(object.type ?? "") },
  unknownFieldText: (field) => `field label not supported: ${field}`,
  prepareForUpdate: ({ live, next }) =>
    next.type ? next : { ...next, type: live.type },
  validate,
  validateUpdate: ({ live, next }) => [
    ...next.type === live.type
      ? []
      : [invalidValue("type", next.type, "field is immutable")],
    ...immutableErrors({ live, next }, ["data"]),
    ...validate(next),
  ],
};
