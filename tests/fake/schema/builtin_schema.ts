import type { TypeSchema } from "./type_schema.ts";
import { zeroValue } from "./zero_value.ts";

/** A schema as the data file holds it: children may be references by name. */
export interface SchemaDataNode extends
  Omit<
    TypeSchema,
    "properties" | "additionalProperties" | "items" | "zero"
  > {
  /** Name of the definition this node adds to. */
  readonly $ref?: string;
  /** Schemas of the declared fields of an object. */
  readonly properties?: Readonly<Record<string, SchemaDataNode>> | undefined;
  /** Schema of the undeclared fields of an object. */
  readonly additionalProperties?: SchemaDataNode | undefined;
  /** Schema of the items of an array. */
  readonly items?: SchemaDataNode | undefined;
}

/** The data file of built-in schemas. */
export interface SchemaData {
  /** Names of definitions by `group/version/kind`. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Definitions by name. */
  readonly definitions: Readonly<Record<string, SchemaDataNode>>;
}

/**
 * Makes a lookup of the schemas in a data file. References are resolved, and
 * schemas made, when they are first read.
 *
 * @param data The data file.
 * @returns A function from `group/version/kind` to the schema, if there is one.
 *
 * @example Resolve a reference
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { schemaLookup } from "./builtin_schema.ts";
 *
 * const lookup = schemaLookup({
 *   kinds: { "/v1/Box": "Box" },
 *   definitions: {
 *     Box: { type: "object", properties: { lid: { $ref: "Lid" } } },
 *     Lid: { type: "string" },
 *   },
 * });
 * assertEquals(lookup("/v1/Box")?.properties?.lid?.type, "string");
 * ```
 */
export function schemaLookup(
  data: SchemaData,
): (kind: string) => TypeSchema | undefined {
  const named = new Map<string, TypeSchema>();
  const roots = new Map<string, TypeSchema>();

  function definition(name: string): TypeSchema {
    let schema = named.get(name);
    if (schema === undefined) {
      const goType = goTypeOf(name);
      named.set(name, schema = resolve({ goType, ...data.definitions[name] }));
    }
    return schema;
  }

  function resolve(node: SchemaDataNode): TypeSchema {
    const { $ref, ...rest } = node;
    if ($ref === undefined) return lazy(rest);
    return Object.keys(rest).length === 0
      ? definition($ref)
      : lazy({ goType: goTypeOf($ref), ...data.definitions[$ref], ...rest });
  }

  function lazy(node: SchemaDataNode): TypeSchema {
    const { properties, additionalProperties, items, ...own } = node;
    const schema: TypeSchema = own;
    if (properties) {
      define(schema, "properties", () => {
        const fields: Record<string, TypeSchema> = {};
        for (const [name, child] of Object.entries(properties)) {
          define(fields, name, () => resolve(child));
        }
        return fields;
      });
    }
    if (additionalProperties) {
      define(
        schema,
        "additionalProperties",
        () => resolve(additionalProperties),
      );
    }
    if (items) define(schema, "items", () => resolve(items));
    return schema;
  }

  return (kind) => {
    const name = Object.hasOwn(data.kinds, kind) ? data.kinds[kind] : undefined;
    if (name === undefined) return undefined;
    let root = roots.get(name);
    if (root === undefined) {
      root = lazy({ goType: goTypeOf(name), ...data.definitions[name] });
      define(root, "zero", () => zeroValue(definition(name)));
      roots.set(name, root);
    }
    return root;
  };
}

/** The Go name of a definition: `io.k8s.api.core.v1.Pod` is `v1.Pod`. */
function goTypeOf(name: string): string {
  return name.split(".").slice(-2).join(".");
}

/** Defines a member that is made when first read, then is a plain value. */
function define(target: object, name: string, make: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get(): unknown {
      const value = make();
      Object.defineProperty(target, name, { value, enumerable: true });
      return value;
    },
  });
}

let cached: Promise<(kind: string) => TypeSchema | undefined> | undefined;

async function load(): Promise<(kind: string) => TypeSchema | undefined> {
  const { default: data } = await import(
    "./builtin_schemas_data.json",
    { with: { type: "json" } }
  );
  // Written by distil.ts in this shape; the inferred literal type is narrower.
  return schemaLookup(data as unknown as SchemaData);
}

/**
 * Finds the schema of a built-in kind, distilled from the OpenAPI document of
 * the pinned kube-apiserver.
 *
 * @param group API group; empty for the core group.
 * @param version API version.
 * @param kind Kind, e.g. `ConfigMap`.
 * @returns The schema, the same object each time, or `undefined` for a kind
 * that the server does not serve by default.
 *
 * @example Read a list type
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinSchema } from "./builtin_schema.ts";
 *
 * const service = await builtinSchema("", "v1", "Service");
 * const ports = service?.properties?.spec?.properties?.ports;
 * assertEquals(ports?.listMapKeys, ["port", "protocol"]);
 * ```
 */
export async function builtinSchema(
  group: string,
  version: string,
  kind: string,
): Promise<TypeSchema | undefined> {
  const lookup = await (cached ??= load());
  return lookup(`${group}/${version}/${kind}`);
}
