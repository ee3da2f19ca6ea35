import type { MessageFields } from "./message_data.ts";

/** What the messages of a Go package are. */
export interface GoPackage {
  /** Its folder, as `apps/v1`. */
  readonly path: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** Messages by `folder.Type`. */
  readonly types: ReadonlyMap<string, MessageFields>;
  /** Types that are no messages, by `folder.Type`. */
  readonly names: ReadonlyMap<string, string>;
  /** Names of messages that are whole objects. */
  readonly kinds: readonly string[];
}

/** Types that have a JSON form of their own. */
const SPECIAL = new Set([
  "Duration",
  "FieldsV1",
  "IntOrString",
  "MicroTime",
  "Quantity",
  "RawExtension",
  "Time",
]);
const SCALARS: Readonly<Record<string, string>> = {
  "[]byte": "bytes",
  UID: "string",
  bool: "bool",
  float64: "float",
  int: "int",
  int32: "int",
  int64: "int",
  string: "string",
  uint32: "int",
};
const IMPORT_REGEXP =
  /^\s+(?:(\w+) )?"k8s\.io\/(?:api|apimachinery\/pkg)\/([\w./-]+)"$/gm;
const STRUCT_REGEXP = /^type (\w+) struct \{$([\s\S]*?)^\}$/gm;
const NAMED_REGEXP = /^type (\w+) (?!struct\b|interface\b)=? ?(\S+)$/gm;
const FIELD_REGEXP =
  /^\t(?:(\w+)[ \t]+)?([*[\]\w.]+)[ \t]+`(.*json:"[^`]*protobuf:"[^`]*)`/gm;

/**
 * Reads the messages of a Go package from the tags of its types.
 *
 * @param path Its folder, as `apps/v1`.
 * @param files The texts of its files.
 * @returns Its messages.
 */
export function distilPackage(
  path: string,
  files: readonly string[],
): GoPackage {
  const text = files.join("\n");
  const [, group = ""] = /GroupName = "(.*)"/.exec(text) ?? [];
  const imports = new Map(
    [...text.matchAll(IMPORT_REGEXP)].map(([, alias, from = ""]) => [
      alias ?? from.split("/").at(-1) ?? "",
      from,
    ]),
  );
  const named = new Map(
    [...text.matchAll(NAMED_REGEXP)].map(([, name = "", type = ""]) => [
      name,
      type,
    ]),
  );

  /** The type as `message_data.ts` names it. */
  function typeOf(go: string, isRepeated: boolean): string {
    const plain = go.replace(/^\*/, "");
    const scalar = SCALARS[plain];
    if (scalar !== undefined) return scalar;
    if (plain.startsWith("[]")) return `[]${typeOf(plain.slice(2), false)}`;
    const [, value] = /^map\[[\w.]+\](.*)$/.exec(plain) ?? [];
    if (value !== undefined) return `{}${typeOf(value, false)}`;
    const [name = "", from] = plain.split(".").reverse();
    const special = SCALARS[name] ?? (SPECIAL.has(name) ? name : undefined);
    if (special !== undefined) return special;
    const folder = from === undefined ? path : imports.get(from) ?? from;
    const under = from === undefined ? named.get(name) : undefined;
    if (under === undefined) return `${folder}.${name}`;
    // A named list that is no list of its own is a message with items.
    if (under.startsWith("[]") && !isRepeated) return "strings";
    return typeOf(under, isRepeated);
  }

  const types = new Map<string, MessageFields>();
  const kinds: string[] = [];
  for (const [, type = "", body = ""] of text.matchAll(STRUCT_REGEXP)) {
    const fields: Record<string, readonly [string, string]> = {};
    for (const [, , go = "", tags = ""] of body.matchAll(FIELD_REGEXP)) {
      const [, json = ""] = /json:"([^"]*)"/.exec(tags) ?? [];
      const [, proto = ""] = / protobuf:"([^"]*)"/.exec(tags) ?? [];
      const [, number = "", label] = proto.split(",");
      const [name = "", ...options] = json.split(",");
      if (number === "" || name === "-") continue;
      const full = typeOf(go, label === "rep");
      const isLeftOut = options.includes("omitempty") && !go.startsWith("*");
      fields[number] = [name, isLeftOut ? `?${full}` : full];
    }
    types.set(`${path}.${type}`, fields);
    if (/^\t(metav1\.)?TypeMeta\b/m.test(body)) kinds.push(`${path}.${type}`);
  }
  const names = new Map(
    Array.from(named, ([name, type]) => [
      `${path}.${name}`,
      typeOf(type, false),
    ]),
  );
  return { path, group, types, names, kinds };
}
