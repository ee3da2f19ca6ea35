import { STATUS_CODE } from "@std/http";
import { StatusError } from "./status_error.ts";

/** In which form an answer is wanted. */
export interface Representation {
  /** How it is written. */
  readonly format: "json" | "yaml";
  /** What the objects become. */
  readonly as: "object" | "table" | "metadata" | "metadata-list";
}

const JSON_OBJECT: Representation = { format: "json", as: "object" };

/** The type of protobuf bodies, of built-in kinds alone. */
export const PROTOBUF = "application/vnd.kubernetes.protobuf";

/** The types the server reads and writes, as its messages list them. */
export const MEDIA_TYPES =
  "application/json, application/yaml, application/vnd.kubernetes.protobuf";

const FORMATS: Readonly<Record<string, Representation["format"]>> = {
  "application/json": "json",
  "application/yaml": "yaml",
  "application/*": "json",
  "*/*": "json",
  "*": "json",
};

const FORMS: Readonly<Record<string, Representation["as"]>> = {
  Table: "table",
  PartialObjectMetadata: "metadata",
  PartialObjectMetadataList: "metadata-list",
};

/**
 * Chooses the form of an answer, as the server reads `Accept`.
 *
 * @param accept The header; `null` without.
 * @param isCustom Whether a custom kind is asked for.
 * @returns The first acceptable form.
 * @throws {StatusError} 406 if there is none.
 */
export function negotiate(
  accept: string | null,
  isCustom = false,
): Representation {
  if (accept === null || accept.trim() === "") return JSON_OBJECT;
  const ranges = accept.split(",").map(parseRange)
    .toSorted((a, b) => b.quality - a.quality);
  let isKnown = isCustom;
  for (const { type, parameters } of ranges) {
    const format = FORMATS[type];
    if (format === undefined) continue;
    isKnown = true;
    const as = formOf(parameters);
    if (as !== undefined) return { format, as };
  }
  throw isKnown
    ? new StatusError(
      `only the following media types are accepted: ${MEDIA_TYPES}`,
      { code: STATUS_CODE.NotAcceptable, reason: "NotAcceptable" },
    )
    : noRoute();
}

/** Routes of built-in kinds are chosen by media type too. */
function noRoute(): StatusError {
  const streams =
    "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
  return new StatusError(
    `406: Not Acceptable\n\nAvailable representations: ${MEDIA_TYPES}, ${streams}`,
    { code: STATUS_CODE.NotAcceptable, reason: "NotAcceptable", details: {} },
  );
}

function formOf(
  parameters: ReadonlyMap<string, string>,
): Representation["as"] | undefined {
  const as = parameters.get("as");
  if (as === undefined) return "object";
  const known = parameters.get("g") === "meta.k8s.io" &&
    parameters.get("v") === "v1";
  return known ? FORMS[as] : undefined;
}

interface Range {
  readonly type: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

function parseRange(range: string): Range {
  const [type = "", ...rest] = range.split(";").map((part) => part.trim());
  const parameters = new Map(rest.map((part) => {
    const [name = "", value = ""] = part.split("=");
    return [name.trim(), value.trim()] as const;
  }));
  const quality = Number(parameters.get("q") ?? 1);
  return { type: type.toLowerCase(), quality, parameters };
}

/** Says that the server cannot read such a body. */
export function unsupportedMediaType(accepted: string): StatusError {
  return new StatusError(
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
    {
      code: STATUS_CODE.UnsupportedMediaType,
      reason: "UnsupportedMediaType",
    },
  );
}

/**
 * Reads the type of a body.
 *
 * @param contentType The header; `null` without.
 * @returns The type without its parameters; empty without.
 */
export function mediaType(contentType: string | null): string {
  return (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
