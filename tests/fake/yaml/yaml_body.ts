import { duplicateFields } from "../http/duplicate_fields.ts";
import { goYamlError } from "./go_yaml_error.ts";
import { withoutEnvironment } from "./without_environment.ts";

/** A YAML document and what is odd about it. */
export interface YamlBody {
  /** The document. */
  readonly value: unknown;
  /** Keys that occur twice, as `line 4: key "a" already set in map`. */
  readonly duplicates: readonly string[];
}

/**
 * Reads a YAML body as sigs.k8s.io/yaml does: YAML 1.1 with its many booleans,
 * and no times.
 *
 * @param text One YAML document.
 * @returns The document; the last of repeated keys wins.
 * @throws {SyntaxError} If it is not YAML.
 */
export async function parseYaml(text: string): Promise<YamlBody> {
  const json = parseJson(text);
  if (json !== undefined) return { value: json, duplicates: [] };
  const { isMap, isScalar, LineCounter, parseDocument, visit } =
    await loadYaml();
  const lineCounter = new LineCounter();
  const document = withoutEnvironment(() =>
    parseDocument(text, {
      version: "1.1",
      uniqueKeys: false,
      lineCounter,
      customTags: (tags) => [
        ...tags.filter((tag) => typeof tag === "string" || !isStrange(tag)),
        OCTAL,
      ],
    })
  );
  const [error] = document.errors.filter(({ code }) =>
    code !== "MULTIPLE_DOCS"
  );
  if (error !== undefined) throw new SyntaxError(goYamlError(text, error));
  const duplicates: string[] = [];
  visit(document, {
    Map(_key, map) {
      if (!isMap(map)) return;
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const { line } = lineCounter.linePos(key.range?.[0] ?? 0);
        const name = JSON.stringify(key.value);
        if (seen.has(key.value)) {
          duplicates.push(`line ${line}: key ${name} already set in map`);
        }
        seen.add(key.value);
      }
    },
  });
  try {
    return { value: document.toJS() ?? null, duplicates };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const name = error.message.split(": ").at(-1);
    throw new SyntaxError(`unknown anchor '${name}' referenced`);
  }
}

/** Only a body that is not JSON needs it. */
function loadYaml() {
  return import("npm:yaml@^2.9.1");
}

/** JSON is YAML too, if its keys occur once. */
function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return duplicateFields(text).length === 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Go takes neither times nor numbers to the base of 60 for values. */
function isStrange(tag: { readonly tag: string; readonly format?: string }) {
  return tag.tag.endsWith(":timestamp") || tag.format === "TIME";
}

/** Octal numbers of YAML 1.2, which Go reads as well. */
const OCTAL = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^0o[0-7]+$/,
  resolve: (text: string) => parseInt(text.slice(2), 8),
};

/**
 * Reads all objects of a YAML file.
 *
 * @param text YAML documents.
 * @returns The documents that are objects.
 */
export async function parseYamlDocuments(text: string): Promise<object[]> {
  const { parseAllDocuments } = await loadYaml();
  const parse = () => parseAllDocuments(text, { version: "1.1" });
  return [...withoutEnvironment(parse)]
    .map((document): unknown => document.toJS())
    .filter((document): document is object =>
      typeof document === "object" && document !== null
    );
}
