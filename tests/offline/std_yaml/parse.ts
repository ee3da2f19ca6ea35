// @ts-types="npm:@types/js-yaml@^3.12.10"
import yaml from "npm:js-yaml@^3.15.2";
import { YamlSyntaxError } from "./yaml_syntax_error.ts";

export type SchemaType = "failsafe" | "json" | "core" | "default";

export interface ParseOptions {
  schema?: SchemaType;
  allowDuplicateKeys?: boolean;
  onWarning?(error: YamlSyntaxError): void;
}

export const SCHEMAS: Readonly<Record<SchemaType, yaml.SchemaDefinition>> = {
  failsafe: yaml.FAILSAFE_SCHEMA,
  json: yaml.JSON_SCHEMA,
  core: yaml.CORE_SCHEMA,
  default: yaml.DEFAULT_SAFE_SCHEMA,
};

export function parse(content: string, options: ParseOptions = {}): unknown {
  const documents = parseAll(content, options);
  if (documents.length > 1) {
    throw new YamlSyntaxError(
      "Found more than 1 document in the stream: expected a single document",
      { line: 1, column: 1, offset: 0 },
    );
  }
  return documents[0] ?? null;
}

export function parseAll(
  content: string,
  { schema = "default", allowDuplicateKeys = false }: ParseOptions = {},
): unknown[] {
  try {
    const documents: unknown[] = [];
    yaml.safeLoadAll(content, (document) => documents.push(document), {
      schema: SCHEMAS[schema],
      json: allowDuplicateKeys,
    });
    return documents;
  } catch (error) {
    if (error instanceof yaml.YAMLException) throw syntaxError(error);
    throw error;
  }
}

/** The types of js-yaml 3 leave out the mark, which is always there. */
function syntaxError(error: yaml.YAMLException): YamlSyntaxError {
  const { mark, reason } = error as unknown as {
    reason: string;
    mark?: {
      line: number;
      column: number;
      position: number;
      getSnippet(): string | null;
    };
  };
  return new YamlSyntaxError(
    reason === "duplicated mapping key"
      ? "Cannot store mapping pair: duplicated key"
      : reason.charAt(0).toUpperCase() + reason.slice(1),
    {
      line: (mark?.line ?? 0) + 1,
      column: (mark?.column ?? 0) + 1,
      offset: mark?.position ?? 0,
    },
    mark?.getSnippet() ?? undefined,
  );
}
