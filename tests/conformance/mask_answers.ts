import { decodeContinue } from "./decode_continue.ts";
import { sortedByText, withSortedCauses } from "./stable_order.ts";

const UID_REGEXP =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const TIME_REGEXP = /\b20(2[5-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const ADDRESS_REGEXP = /\b10\.\d+\.\d+\.\d+\b/g;
const WEBHOOK_REGEXP = /\b(localhost|127\.0\.0\.1):\d{4,5}\b/g;
const AGE_REGEXP = /^\d+[smhdy](\d+[smhd])?$/;
const BUILD_FIELDS = new Set(["gitCommit", "gitTreeState", "buildDate"]);
/** Revisions in messages that are not those of an object of the case. */
const REVISION_REGEXP =
  /(current: |in record \(|too old resource version: \d+ \(|current ResourceVersion |resourceVersion\\*"?: ?\\*"?)\d{3,}/g;
/** Smaller ones are not given by a server but come from the case. */
const FIRST_REVISION = 100;
const SUFFIX_CHARS = "bcdfghjklmnpqrstvwxz2456789";
/** What a server keeps of the start of a name. */
const NAME_BASE = 58;

type Json = Readonly<Record<string, unknown>>;

/** Texts that differ between two runs. */
export interface MaskOptions {
  /** Namespace of the run. */
  readonly namespace: string;
  /**
   * Starts of names that the server completes.
   *
   * @default {[]}
   */
  readonly prefixes?: readonly string[];
}

/**
 * Replaces what differs between two runs of a case: uids by their order,
 * resourceVersions by their rank, times, generated names, addresses, tokens.
 *
 * @param answers All answers of the case.
 * @param options Which texts differ.
 * @returns The answers, comparable.
 */
export function maskAnswers<T>(
  answers: T,
  { namespace, prefixes = [] }: MaskOptions,
): T {
  const revisions = new Set<number>();
  visitObjects(answers, (object) => {
    const version = objectVersion(object);
    if (version !== undefined) revisions.add(version);
  });
  const ranks = new Map(
    [...revisions].sort((a, b) => a - b).map((
      at,
      rank,
    ) => [at, `<rv ${rank + 1}>`]),
  );
  const masked = maskValue(answers, ranks);
  const uids = new Map<string, string>();
  const text = JSON.stringify(masked)
    .replaceAll(namespace, "{ns}")
    .replace(UID_REGEXP, (uid) => {
      if (!uids.has(uid)) uids.set(uid, `<uid ${uids.size + 1}>`);
      return uids.get(uid) ?? "";
    })
    .replace(TIME_REGEXP, "<time>")
    .replace(ADDRESS_REGEXP, "<address>")
    .replace(WEBHOOK_REGEXP, "<webhook>")
    .replace(REVISION_REGEXP, "$1<rv>");
  const named = prefixes.reduce(
    (masked, prefix) =>
      masked.replaceAll(
        new RegExp(
          `(\\b${prefix.slice(0, NAME_BASE)})[${SUFFIX_CHARS}]{5}\\b`,
          "g",
        ),
        "$1*****",
      ),
    text,
  );
  // The same shape as what was written.
  return JSON.parse(named) as T;
}

/** The resourceVersion of an object; `undefined` of lists and bookmarks. */
function objectVersion({ metadata, kind }: Json): number | undefined {
  if (!isJson(metadata) || isListKind(kind)) return undefined;
  const { resourceVersion, name } = metadata;
  const version = Number(resourceVersion);
  return name !== undefined && version >= FIRST_REVISION ? version : undefined;
}

function isListKind(kind: unknown): boolean {
  return kind === "Table" || String(kind).endsWith("List");
}

function maskValue(
  given: unknown,
  ranks: ReadonlyMap<number, string>,
): unknown {
  if (Array.isArray(given)) return given.map((item) => maskValue(item, ranks));
  if (!isJson(given)) return given;
  const value = withSortedCauses(given);
  // Not by assignment, which `__proto__` would not survive.
  const masked: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      maskValue(maskMember(key, member, value), ranks),
    ]),
  );
  const version = objectVersion(value);
  if (isJson(masked.metadata) && isJson(value.metadata)) {
    masked.metadata = {
      ...masked.metadata,
      ...maskMetadata(value.metadata, ranks.get(version ?? 0)),
    };
  }
  return masked;
}

function maskMember(key: string, value: unknown, parent: Json): unknown {
  if (key === "cells" && Array.isArray(value)) {
    return value.map((cell) => AGE_REGEXP.test(String(cell)) ? "<age>" : cell);
  }
  if (BUILD_FIELDS.has(key) && "gitVersion" in parent) return "<build>";
  if (key === "resources" && Array.isArray(value)) {
    return sortedByText(value);
  }
  // In the order of their seconds, which runs do not share.
  if (key === "managedFields" && Array.isArray(value)) {
    return sortedByText(
      value,
      ({ time: _time, ...entry }) =>
        JSON.stringify(entry, ["operation", "manager", "subresource"]) +
        JSON.stringify(entry),
    );
  }
  if (key === "token" && typeof value === "string") return "<token>";
  if (key === "serverAddress") return "<server>";
  if (key === "caBundle" && value !== "") return "<authority>";
  if (key === "userInfo") return "<user>";
  return value;
}

function maskMetadata(
  { resourceVersion, continue: token }: Json,
  rank: string | undefined,
): Json {
  const isGiven = Number(resourceVersion) >= FIRST_REVISION;
  return {
    ...isGiven ? { resourceVersion: rank ?? "<rv>" } : {},
    ...typeof token === "string" && token !== ""
      ? { continue: decodeContinue(token) }
      : {},
  };
}

function visitObjects(value: unknown, visit: (object: Json) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visitObjects(item, visit);
  } else if (isJson(value)) {
    visit(value);
    for (const member of Object.values(value)) visitObjects(member, visit);
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
