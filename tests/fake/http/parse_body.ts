import { goJsonError } from "./go_json_error.ts";
import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { parseYaml } from "../yaml/yaml_body.ts";
import { duplicateFields } from "./duplicate_fields.ts";
import {
  MEDIA_TYPES,
  mediaType,
  PROTOBUF,
  unsupportedMediaType,
} from "./media_type.ts";
import { parseProtobuf } from "./parse_protobuf.ts";
import { readBody } from "./request_body.ts";
import { unrecognized } from "./unrecognized.ts";

/** A body as JSON. */
export interface ParsedBody {
  /** The object. */
  readonly object: JsonObject;
  /** Fields that occur twice, as messages name them. */
  readonly duplicates: readonly string[];
  /** Whether it is null, which stands for an empty object. @default false */
  readonly isNull?: boolean;
}

/**
 * Reads the object in a body.
 *
 * @param request The request.
 * @param kind Kind of the object, for messages.
 * @returns The object.
 * @throws {StatusError} 400, 413 or 415.
 */
export async function parseBody(
  request: Request,
  kind: string,
): Promise<ParsedBody> {
  const type = mediaType(request.headers.get("content-type"));
  if (type === PROTOBUF) {
    return { object: await parseProtobuf(request, kind), duplicates: [] };
  }
  const isYaml = type === "application/yaml";
  if (!isYaml && type !== "application/json" && type !== "") {
    await request.body?.cancel();
    throw unsupportedMediaType(MEDIA_TYPES);
  }
  const text = await readBody(request);
  const { value, duplicates } = isYaml
    ? await parseYamlBody(text, kind)
    : { value: parseJson(text, kind), duplicates: repeated(text) };
  if (isObject(value)) {
    checkTypeMeta(value, { kind, text });
    return { object: value, duplicates };
  }
  if (value === null) return { object: {}, duplicates, isNull: true };
  throw unrecognized(kind, {
    why: `couldn't get version/kind; json parse error: json: cannot unmarshal ${
      nameOf(value)
    } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    text: hex(text),
  });
}

async function parseYamlBody(text: string, kind: string) {
  try {
    return await parseYaml(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const why = `yaml: ${error.message}`;
    throw unrecognized(kind, { why, text: shown(text) });
  }
}

function parseJson(text: string, kind: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unrecognized(kind, {
      why: `couldn't get version/kind; json parse error: ${goJsonError(text)}`,
      text: text === "" ? "<empty>" : shown(text),
    });
  }
}

/** What a body says it is must be texts. */
function checkTypeMeta(
  object: JsonObject,
  { kind, text }: { readonly kind: string; readonly text: string },
): void {
  for (const field of ["apiVersion", "kind"]) {
    const value = object[field] ?? "";
    if (typeof value === "string") continue;
    throw unrecognized(kind, {
      why:
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${
          nameOf(value)
        } into Go struct field .${field} of type string`,
      text: shown(text),
    });
  }
}

function repeated(text: string): string[] {
  return duplicateFields(text).map((path) => `duplicate field "${path}"`);
}

/** How much of an object messages show. */
const SHOWN = 30;

/** The start of an object as text, of anything else as bytes. */
function shown(text: string): string {
  if (/^\s*\{/.test(text) && text.length > SHOWN) {
    return `${text.slice(0, SHOWN)} ...`;
  }
  return /^\s*\{/.test(text) ? text : hex(text);
}

function hex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
