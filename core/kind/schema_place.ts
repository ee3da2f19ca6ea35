import { SchemaError } from "./schema_error.ts";

/** A JSON Schema (draft 2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where a conversion stands. */
export interface SchemaPlace {
  /** The whole document, for references. */
  readonly root: JsonSchema;
  /** As `spec.ports[].name`. */
  readonly path: string;
  /** The schemas around this place, to notice recursion. */
  readonly open: ReadonlySet<unknown>;
}

/** A schema at its place. */
export interface PlacedSchema {
  /** The schema, without `$ref` at its top. */
  readonly schema: JsonSchema;
  /** Its place. */
  readonly place: SchemaPlace;
}

/**
 * Reads a schema at a place and follows its references.
 *
 * @param value The schema; `true` is one too.
 * @param place Where it stands.
 * @returns The schema, and the place with what was opened on the way.
 * @throws {SchemaError} If no value is allowed, or the schema contains itself.
 */
export function openSchema(value: unknown, place: SchemaPlace): PlacedSchema {
  const schema = value === true ? {} : value;
  if (!isObject(schema)) {
    throw new SchemaError(place.path, "no value is allowed here");
  }
  const { $ref, ...rest } = schema;
  if (typeof $ref !== "string") return { schema, place };
  const target = resolve($ref, place);
  if (place.open.has(target)) {
    throw new SchemaError(place.path, "Kubernetes has no recursive types");
  }
  const open = new Set([...place.open, target]);
  return openSchema({ ...target, ...rest }, { ...place, open });
}

/**
 * Whether a value is a JSON object, and so perhaps a schema.
 *
 * @param value Anything.
 * @returns Whether it is an object and no array.
 */
export function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resolve(reference: string, { root, path }: SchemaPlace): JsonSchema {
  let target: unknown = reference.startsWith("#") ? root : undefined;
  for (const step of reference.split("/").slice(1)) {
    const name = decodeURIComponent(step)
      .replaceAll("~1", "/").replaceAll("~0", "~");
    target = isObject(target) ? target[name] : undefined;
  }
  if (isObject(target)) return target;
  throw new SchemaError(path, `"${reference}" is not in the schema`);
}
