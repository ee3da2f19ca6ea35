// @ts-types="npm:@types/js-yaml@^3.12.10"
import yaml from "npm:js-yaml@^3.15.2";
import { SCHEMAS, type SchemaType } from "./parse.ts";

export interface StringifyOptions {
  indent?: number;
  arrayIndent?: boolean;
  skipInvalid?: boolean;
  flowLevel?: number;
  schema?: SchemaType;
  sortKeys?: boolean | ((a: string, b: string) => number);
  lineWidth?: number;
  useAnchors?: boolean;
  compatMode?: boolean;
  condenseFlow?: boolean;
}

export function stringify(
  data: unknown,
  {
    schema = "default",
    arrayIndent = true,
    useAnchors = true,
    compatMode = true,
    ...options
  }: StringifyOptions = {},
): string {
  try {
    return yaml.safeDump(data, {
      ...options,
      schema: SCHEMAS[schema],
      noArrayIndent: !arrayIndent,
      noRefs: !useAnchors,
      noCompatMode: !compatMode,
    });
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    throw new TypeError(`Cannot stringify object: ${error.message}`);
  }
}
