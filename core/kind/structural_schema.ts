import { SchemaError } from "./schema_error.ts";

type Json = Record<string, unknown>;

const KEPT = [
  "title",
  "description",
  "default",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "nullable",
  "enum",
  "type",
];
// Others draw a warning from the API server.
const FORMATS = [
  "date",
  "date-time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "cidr",
  "mac",
  "uri",
  "uuid",
  "byte",
  "password",
  "int32",
  "int64",
  "float",
  "double",
];

/** Turns a JSON Schema (draft 2020-12) into a Kubernetes structural schema. */
export function structuralSchema(
  schema: Record<string, unknown>,
  path = "spec",
): Record<string, unknown> {
  return convert(schema, { root: schema, path, open: new Set() });
}

interface At {
  readonly root: Json;
  readonly path: string;
  readonly open: ReadonlySet<unknown>;
}

function convert(given: unknown, at: At): Json {
  if (given === true) given = {};
  if (!isObject(given)) {
    throw new SchemaError(at.path, "no value is allowed here");
  }
  if (typeof given["$ref"] === "string") {
    const target = resolve(given["$ref"], at);
    if (at.open.has(target)) {
      throw new SchemaError(at.path, "Kubernetes has no recursive types");
    }
    const { $ref: _, ...rest } = given;
    return convert({ ...target as Json, ...rest }, {
      ...at,
      open: new Set([...at.open, target]),
    });
  }
  const s = lift(constants({ ...given }), at);
  if (s["type"] === "null") {
    throw new SchemaError(at.path, "null is no type in Kubernetes");
  }
  const out: Json = {};
  for (const key of KEPT) if (s[key] !== undefined) out[key] = s[key];
  for (const key of Object.keys(s)) {
    if (key.startsWith("x-kubernetes-")) out[key] = s[key];
  }
  for (
    const [limit, bound] of [["exclusiveMinimum", "minimum"], [
      "exclusiveMaximum",
      "maximum",
    ]] as const
  ) {
    if (typeof s[limit] === "number") {
      Object.assign(out, { [bound]: s[limit], [limit]: true });
    }
  }
  if (typeof s["format"] === "string" && !FORMATS.includes(s["format"])) {
    delete out["format"];
  }
  if (
    typeof s["pattern"] === "string" && /\(\?<?[=!]|\\[1-9]/.test(s["pattern"])
  ) {
    throw new SchemaError(
      at.path,
      "the pattern uses look-around or back-references, which Go's RE2 lacks",
    );
  }
  if (s["prefixItems"] !== undefined || Array.isArray(s["items"])) {
    throw new SchemaError(at.path, "Kubernetes has no tuples");
  }
  if (s["not"] !== undefined) out["not"] = validation(s["not"] as Json, at);
  for (const key of ["allOf", "anyOf", "oneOf"] as const) {
    if (Array.isArray(s[key])) {
      out[key] = s[key].map((part) => validation(part as Json, at));
    }
  }
  if (isObject(s["properties"])) {
    out["properties"] = Object.fromEntries(
      Object.entries(s["properties"]).map((
        [name, value],
      ) => [name, convert(value, { ...at, path: `${at.path}.${name}` })]),
    );
  }
  if (Array.isArray(s["required"]) && s["required"].length > 0) {
    out["required"] = s["required"];
  }
  if (s["type"] === "array") {
    out["items"] = convert(s["items"] ?? {}, { ...at, path: `${at.path}[]` });
    if (s["uniqueItems"] === true) {
      if (
        ["object", "array", undefined].includes(
          (out["items"] as Json)["type"] as string,
        )
      ) throw new SchemaError(at.path, "only scalars can be unique");
      out["x-kubernetes-list-type"] = "set";
    }
  }
  if (out["nullable"] === true && Array.isArray(out["enum"])) { // the server refuses null beside an enum, even when it is listed
    const rule = `self in ${
      JSON.stringify(out["enum"].filter((value) => value !== null))
    }`;
    out["x-kubernetes-validations"] = [
      ...(out["x-kubernetes-validations"] as Json[] | undefined ?? []),
      { rule },
    ];
    delete out["enum"];
  }
  mapValues(s, out, at);
  if (
    out["type"] === undefined && out["x-kubernetes-int-or-string"] === undefined
  ) {
    if (
      out["enum"] !== undefined || out["anyOf"] !== undefined ||
      out["oneOf"] !== undefined
    ) {
      throw new SchemaError(at.path, "the values have no one type");
    }
    out["x-kubernetes-preserve-unknown-fields"] = true;
  }
  return out;
}

/** `const` → `enum`, `null` → `nullable`, `enum` → `type`. */
function constants(s: Json): Json {
  if ("const" in s) {
    s["enum"] = [s["const"]];
    delete s["const"];
  }
  if (Array.isArray(s["type"])) {
    const types = s["type"].filter((t) => t !== "null");
    if (types.length < s["type"].length) s["nullable"] = true;
    if (types.length === 1) s["type"] = types[0];
    else {
      delete s["type"];
      s["anyOf"] = types.map((type) => ({ type }));
    }
  }
  if (Array.isArray(s["enum"]) && s["type"] === undefined) {
    const values = s["enum"].filter((value) => value !== null);
    if (values.length < s["enum"].length) s["nullable"] = true;
    const types = new Set(
      values.map((value) => Number.isInteger(value) ? "integer" : typeof value),
    );
    if (types.size === 1) s["type"] = [...types][0];
  }
  return s;
}

/** Unions: null, int-or-string, enums of one type, objects. */
function lift(s: Json, at: At): Json {
  const key = Array.isArray(s["anyOf"])
    ? "anyOf"
    : Array.isArray(s["oneOf"])
    ? "oneOf"
    : undefined;
  if (key === undefined || s["type"] !== undefined) return s;
  const all = (s[key] as Json[]).map((part) =>
    constants({
      ...typeof part["$ref"] === "string"
        ? { ...resolve(part["$ref"], at) as Json }
        : part,
    })
  );
  const parts = all.filter((part) => part["type"] !== "null");
  const { [key]: _, ...rest } = s;
  const nullable = parts.length < all.length ? { nullable: true } : {};
  if (parts.length === 1) return { ...parts[0], ...rest, ...nullable };
  const types = [...new Set(parts.map((part) => part["type"]))].sort();
  if (types.join() === "integer,string") {
    return { ...rest, ...nullable, "x-kubernetes-int-or-string": true };
  }
  if (
    types.length === 1 && parts.every((part) => Array.isArray(part["enum"]))
  ) {
    return {
      ...rest,
      ...nullable,
      type: types[0],
      enum: parts.flatMap((part) => part["enum"]),
    };
  }
  if (types.join() !== "object") {
    throw new SchemaError(
      at.path,
      `a union of ${
        types.map((t) => t ?? "any").join(" and ")
      } has no Kubernetes type`,
    );
  }
  return { ...rest, ...nullable, ...unionOfObjects(parts, key, at) };
}

function unionOfObjects(parts: Json[], key: string, at: At): Json {
  const properties: Json = {};
  for (const part of parts) {
    for (
      const [name, value] of Object.entries((part["properties"] ?? {}) as Json)
    ) {
      const next = constants({ ...value as Json });
      const known = properties[name] as Json | undefined;
      if (known === undefined) properties[name] = next;
      else if (
        Array.isArray(known["enum"]) && Array.isArray(next["enum"]) &&
        known["type"] === next["type"]
      ) {
        properties[name] = {
          ...known,
          enum: [...new Set([...known["enum"], ...next["enum"]])],
        };
      } else if (JSON.stringify(known) !== JSON.stringify(next)) {
        throw new SchemaError(
          `${at.path}.${name}`,
          "the members of a union give it different types",
        );
      }
    }
  }
  const required = parts.map((part) => (part["required"] ?? []) as string[]);
  return {
    type: "object",
    properties,
    required: required[0]!.filter((name) =>
      required.every((names) => names.includes(name))
    ),
    [key]: parts.map((part) => ({
      properties: Object.fromEntries(
        Object.entries((part["properties"] ?? {}) as Json).map((
          [name, value],
        ) => [name, constants({ ...value as Json })])
          .filter(([, value]) => (value as Json)["enum"] !== undefined).map((
            [name, value],
          ) => [name, { enum: (value as Json)["enum"] }]),
      ),
      required: part["required"],
    })),
  };
}

/** What may stand below `allOf`, `anyOf`, `oneOf` and `not`: validations, never types. */
function validation(s: Json, at: At): Json {
  const {
    type: _t,
    description: _d,
    title: _i,
    default: _f,
    nullable: _n,
    ...rest
  } = constants({ ...s });
  if (Object.keys(rest).length === 0) {
    throw new SchemaError(
      at.path,
      "a union or negation of types has no Kubernetes form",
    );
  }
  return rest;
}

function mapValues(s: Json, out: Json, at: At): void {
  let values = s["additionalProperties"];
  if (isObject(s["patternProperties"])) {
    const entries = Object.entries(s["patternProperties"]);
    if (entries.length !== 1 || !["^.*$", "^(.*)$"].includes(entries[0]![0])) {
      throw new SchemaError(at.path, "Kubernetes has no patternProperties");
    }
    values = entries[0]![1];
  }
  if (values === undefined || values === false) return; // unknown fields are pruned anyway
  const open = values === true ||
    isObject(values) && Object.keys(values).length === 0;
  if (out["properties"] === undefined) {
    out["additionalProperties"] = convert(values, {
      ...at,
      path: `${at.path}.*`,
    });
  } else if (open) out["x-kubernetes-preserve-unknown-fields"] = true;
  else {throw new SchemaError(
      at.path,
      "Kubernetes has no objects with both named and other typed members",
    );}
}

function resolve(ref: string, at: At): unknown {
  let node: unknown = at.root;
  for (const part of ref.split("/").slice(1)) {
    node = (node as Json | undefined)?.[part];
  }
  if (!ref.startsWith("#") || node === undefined) {
    throw new SchemaError(at.path, `"${ref}" is not in the schema`);
  }
  return node;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
