import { SchemaError } from "./schema_error.ts";
import { isObject, type JsonSchema } from "./schema_place.ts";

/**
 * Refuses schemas whose validated values have members that the stored ones may
 * lack: the type would promise what is not there.
 *
 * Such a member is optional in the input, required in the output, and has no
 * default that the API server could write. ArkType's defaults are of this kind.
 *
 * @param input The JSON Schema of values before validation.
 * @param output The JSON Schema of values after validation.
 * @param path Where they stand, for errors.
 * @throws {SchemaError} If there is such a member.
 */
export function checkDefaults(
  input: JsonSchema,
  output: JsonSchema,
  path: string,
): void {
  const required = namesOf(output["required"]);
  const stored = new Set(namesOf(input["required"]));
  const members = isObject(input["properties"]) ? input["properties"] : {};
  for (const name of required) {
    const member = members[name];
    if (stored.has(name) || isObject(member) && "default" in member) continue;
    throw new SchemaError(
      `${path}.${name}`,
      "validation fills it in, but the schema tells no default that the API " +
        "server could write: make it optional, or give the default a place " +
        "in the JSON Schema",
    );
  }
  for (const [key, step] of BELOW) {
    checkBelow(input[key], output[key], `${path}${step}`);
  }
  for (const key of MEMBERS) {
    const [left, right] = [input[key], output[key]];
    if (!isObject(left) || !isObject(right)) continue;
    for (const [name, value] of Object.entries(left)) {
      checkBelow(
        value,
        right[name],
        key === "$defs" ? name : `${path}.${name}`,
      );
    }
  }
}

const BELOW: readonly (readonly [keyword: string, step: string])[] = [
  ["items", "[]"],
  ["additionalProperties", ".*"],
  ["allOf", ""],
  ["anyOf", ""],
  ["oneOf", ""],
];

const MEMBERS: readonly string[] = ["properties", "$defs"];

function checkBelow(input: unknown, output: unknown, path: string): void {
  if (isObject(input) && isObject(output)) checkDefaults(input, output, path);
  if (!Array.isArray(input) || !Array.isArray(output)) return;
  input.forEach((part, index) => checkBelow(part, output[index], path));
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
