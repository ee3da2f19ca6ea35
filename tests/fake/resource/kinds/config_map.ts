import { equalJson, isObject } from "../../merge/json_value.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  forbiddenField,
  invalidValue,
  tooLong,
} from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";
import type { Change } from "../strategy.ts";

/** Largest size of all values of a ConfigMap or Secret, in bytes. */
export const VALUES_LIMIT = 1024 * 1024;

const KEY_REGEXP = /^[-._a-zA-Z0-9]+$/;

/**
 * Checks the key of a value of a ConfigMap or Secret.
 *
 * @param field Path of the map.
 * @param key The key.
 * @returns What is wrong with it.
 */
export function dataKeyErrors(field: string, key: string): FieldError[] {
  const at = `${field}[${key}]`;
  if (key.length > 253) {
    return [invalidValue(at, key, "must be no more than 253 characters")];
  }
  if (!KEY_REGEXP.test(key)) {
    const why =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    return [invalidValue(at, key, why)];
  }
  if (key === "." || key === "..") {
    return [invalidValue(at, key, `must not be '${key}'`)];
  }
  return key.startsWith("..")
    ? [invalidValue(at, key, "must not start with '..'")]
    : [];
}

/**
 * Checks that nothing of an immutable object changes.
 *
 * @param change The object before and after.
 * @param fields The fields that may not change.
 * @returns What is wrong.
 */
export function immutableErrors(
  { live, next }: Change,
  fields: readonly string[],
): FieldError[] {
  if (live.immutable !== true) return [];
  const why = "field is immutable when `immutable` is set";
  const errors = next.immutable === true
    ? []
    : [forbiddenField("immutable", why)];
  for (const field of fields) {
    if (!equalJson(live[field] ?? {}, next[field] ?? {})) {
      errors.push(forbiddenField(field, why));
    }
  }
  return errors;
}

function validate(object: JsonObject): FieldError[] {
  const data = isObject(object.data) ? object.data : {};
  const binary = isObject(object.binaryData) ? object.binaryData : {};
  const errors: FieldError[] = [];
  let size = 0;
  for (const [key, value] of Object.entries(data)) {
    errors.push(...dataKeyErrors("data", key));
    if (Object.hasOwn(binary, key)) {
      const why = "duplicate of key present in binaryData";
      errors.push(invalidValue(`data[${key}]`, key, why));
    }
    size += String(value).length;
  }
  for (const [key, value] of Object.entries(binary)) {
    errors.push(...dataKeyErrors("binaryData", key));
    size += Math.floor(String(value).length * 3 / 4);
  }
  // The path is empty, which Go prints as a list.
  return size > VALUES_LIMIT
    ? [...errors, tooLong("[]", VALUES_LIMIT)]
    : errors;
}

/** ConfigMaps: `ValidateConfigMap` of Kubernetes. */
export const CONFIG_MAP: NativeTraits = {
  validate,
  validateUpdate: (change) => [
    ...immutableErrors(change, ["data", "binaryData"]),
    ...validate(change.next),
  ],
};
