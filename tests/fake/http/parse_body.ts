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
    ? await parseYaml(text)
    : { value: parseJson(text, kind), duplicates: repeated(text) };
  if (isObject(value)) return { object: value, duplicates };
  throw unrecognized(kind, {
    why: `couldn't get version/kind; json parse error: json: cannot unmarshal ${
      nameOf(value)
    } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    text: hex(text),
  });
}

function parseJson(text: string, kind: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unrecognized(kind, {
      why: `couldn't get version/kind; json parse error: ${
        goJsonError(text, error)
      }`,
      text: text === "" ? "<empty>" : shown(text),
    });
  }
}

function repeated(text: string): string[] {
  return duplicateFields(text).map((path) => `duplicate field "${path}"`);
}

/** Repeats what Go says about text that is not JSON. */
export function goJsonError(text: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : "";
  if (/end of JSON|unterminated/i.test(reason) || text.trim() === "") {
    return "unexpected end of JSON input";
  }
  if (/^\s*[{[]\s*$/.test(text) || /property name or '}'/.test(reason)) {
    if (/^\s*\{\s*$/.test(text)) return "unexpected end of JSON input";
  }
  const literal = ["null", "true", "false"].find((word) => word[0] === text[0]);
  if (literal !== undefined) {
    const wrong = [...literal].findIndex((char, at) => text[at] !== char);
    return `invalid character '${
      text[wrong]
    }' in literal ${literal} (expecting '${literal[wrong]}')`;
  }
  const at = Number(/position (\d+)/.exec(reason)?.[1] ?? 0);
  return `invalid character '${text[at] ?? ""}' looking for beginning of value`;
}

function shown(text: string): string {
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
