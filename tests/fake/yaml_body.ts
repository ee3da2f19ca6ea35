import { parse, parseAll, stringify } from "@std/yaml";

/** A YAML document and what is odd about it. */
export interface YamlBody {
  /** The document. */
  readonly value: unknown;
  /** Keys that occur twice, as `line 4: key "a" already set in map`. */
  readonly duplicates: readonly string[];
}

const DUPLICATE_REGEXP = /duplicated key/;

/**
 * Reads a YAML body.
 *
 * @param text One YAML document.
 * @returns The document; the last of repeated keys wins.
 * @throws {SyntaxError} If it is not YAML.
 */
export function parseYaml(text: string): YamlBody {
  const options = { schema: "core" } as const;
  try {
    return { value: parse(text, options) ?? null, duplicates: [] };
  } catch (error) {
    if (!(error instanceof Error) || !DUPLICATE_REGEXP.test(error.message)) {
      throw error;
    }
    const value = parse(text, { ...options, allowDuplicateKeys: true });
    return { value: value ?? null, duplicates: duplicateKeys(text) };
  }
}

/**
 * Reads all objects of a YAML file.
 *
 * @param text YAML documents.
 * @returns The documents that are objects.
 */
export function parseYamlDocuments(text: string): object[] {
  const documents = parseAll(text, { schema: "core" });
  if (!Array.isArray(documents)) return [];
  return documents.filter((document): document is object =>
    typeof document === "object" && document !== null
  );
}

/**
 * Writes a value as YAML, keys in order, as the server does.
 *
 * @param value Any JSON value.
 * @returns The document.
 */
export function stringifyYaml(value: unknown): string {
  return stringify(value, { sortKeys: true, lineWidth: -1 });
}

/** Finds repeated keys of simple documents: where, in words of go-yaml. */
function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const seen = new Map<string, Set<string>>();
  text.split("\n").forEach((line, index) => {
    const flow = line.match(/[{,]\s*"?([\w.\/-]+)"?\s*:/g) ?? [];
    const keys = new Set<string>();
    for (const match of flow) {
      const key = match.replace(/^[{,]\s*"?|"?\s*:$/g, "");
      if (keys.has(key)) found.push(repeated(index, key));
      keys.add(key);
    }
    const block = /^(\s*)"?([\w.\/-]+)"?\s*:/.exec(line);
    if (!block) return;
    const [, indent = "", key = ""] = block;
    for (const deeper of [...seen.keys()]) {
      if (deeper.length > indent.length) seen.delete(deeper);
    }
    const level = seen.get(indent) ?? new Set();
    if (level.has(key)) found.push(repeated(index, key));
    seen.set(indent, level.add(key));
  });
  return found;
}

function repeated(index: number, key: string): string {
  return `line ${index + 1}: key ${JSON.stringify(key)} already set in map`;
}
