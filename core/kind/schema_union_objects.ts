import { SchemaError } from "./schema_error.ts";
import {
  isEmpty,
  unionOfValidations,
  valueValidation,
} from "./schema_validation.ts";
import {
  isSame,
  PRESERVE_UNKNOWN,
  type StructuralSchema,
  VALIDATIONS,
} from "./structural_type.ts";

/**
 * Makes one object of a union of objects: it has the members of all, and the
 * union keeps what tells them apart, as values and required members.
 *
 * @param parts The objects, two or more.
 * @param options Which union, and where.
 * @returns The object.
 * @throws {SchemaError} If a member has different types.
 */
export function unionOfObjects(
  parts: readonly StructuralSchema[],
  options: { readonly key: "anyOf" | "oneOf"; readonly path: string },
): StructuralSchema {
  const { key, path } = options;
  const [first = {}] = parts;
  const values = first.additionalProperties;
  if (parts.some((part) => !isSame(part.additionalProperties, values))) {
    throw new SchemaError(path, "maps within a union differ");
  }
  const names = new Set(parts.flatMap((part) => Object.keys(membersOf(part))));
  const properties: Record<string, StructuralSchema> = {};
  for (const name of names) {
    const members = parts.flatMap((part) => {
      const member = membersOf(part)[name];
      return member === undefined ? [] : [member];
    });
    properties[name] = unionOfMember(members, `${path}.${name}`);
  }
  const validations = parts.map((part) =>
    valueValidation({
      ...part,
      properties: differences(membersOf(part), properties),
    }, path)
  );
  const required = (first.required ?? []).filter((name) =>
    parts.every((part) => part.required?.includes(name))
  );
  const isOpen = parts.some((part) => part[PRESERVE_UNKNOWN] === true);
  return {
    type: "object",
    ...names.size === 0 ? {} : { properties },
    ...required.length === 0 ? {} : { required },
    ...values === undefined ? {} : { additionalProperties: values },
    ...isOpen ? { [PRESERVE_UNKNOWN]: true } : {},
    ...unionOfValidations(key, validations),
  };
}

function membersOf(
  part: StructuralSchema,
): Readonly<Record<string, StructuralSchema>> {
  return part.properties ?? {};
}

/** The members whose values the common schema does not limit as much. */
function differences(
  members: Readonly<Record<string, StructuralSchema>>,
  common: Readonly<Record<string, StructuralSchema>>,
): Record<string, StructuralSchema> {
  const entries = Object.entries(members).map(([name, value]) => {
    const own = Object.entries(value).filter(([keyword, limit]) =>
      VALIDATIONS.includes(keyword) && !isSame(limit, common[name]?.[keyword])
    );
    return [name, Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

/** What the schemas of one member share, with the values of all enums. */
function unionOfMember(
  schemas: readonly StructuralSchema[],
  path: string,
): StructuralSchema {
  const [first = {}] = schemas;
  if (schemas.every((schema) => isSame(schema, first))) return first;
  const result: Record<string, unknown> = { ...first };
  const keywords = new Set(schemas.flatMap((schema) => Object.keys(schema)));
  for (const keyword of keywords) {
    if (TEXTS.has(keyword)) continue; // those of the first
    const isShared = schemas.every((schema) =>
      isSame(schema[keyword], first[keyword])
    );
    if (isShared) continue;
    if (!VALIDATIONS.includes(keyword) || first.nullable === true) {
      throw new SchemaError(
        path,
        `the members of a union give it different types or a different ` +
          `"${keyword}"`,
      );
    }
    delete result[keyword];
  }
  const enums = schemas.map((schema) => schema.enum);
  if (enums.every((values) => values !== undefined)) {
    result["enum"] = [...new Set(enums.flat())];
  }
  return result;
}

const TEXTS: ReadonlySet<string> = new Set(["title", "description"]);
