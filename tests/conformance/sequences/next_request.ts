import type { SequenceKind } from "./sequence_kinds.ts";
import type { SequenceState } from "./sequence_state.ts";
import { comparableKeys } from "./comparable_keys.ts";
import { randomJsonPatch } from "./random_json_patch.ts";
import { pick, type Random, sample, type Shape } from "./shape.ts";

/** One request of a sequence. */
export interface SequenceRequest {
  /** HTTP method. */
  readonly method: string;
  /** Path and query below the collection of the kind, e.g. `/a?force=true`. */
  readonly path: string;
  /** Content type of the body. */
  readonly contentType: string;
  /** Body, to be written as JSON. */
  readonly body: unknown;
}

const STRATEGIC = "application/strategic-merge-patch+json";
const APPLIERS = ["ann", "ben", "cat"];
const UPDATERS = ["dan", "eve"];

const METADATA: Shape = {
  fields: {
    labels: { keys: ["a", "b", "c"], of: { oneOf: ["1", "2"] } },
    annotations: { keys: ["x", "y"], of: { oneOf: ["1", "2"] } },
    finalizers: {
      items: { oneOf: ["example.com/a", "example.com/b"] },
      upTo: 1,
      by: "",
    },
  },
};

/**
 * Makes the next request of a sequence.
 *
 * @param state What there is.
 * @param random Where chance comes from.
 * @returns The request.
 */
export function nextRequest(
  state: SequenceState,
  random: Random,
): SequenceRequest {
  const { kind, last } = state;
  if (last === undefined) {
    return random(4) === 0 ? post(state, random) : apply(state, random);
  }
  switch (random(12)) {
    case 0:
      return put(state, random);
    case 1:
    case 2:
      return mergePatch(state, random, "application/merge-patch+json");
    case 3:
    case 4:
      return jsonPatch(state, random);
    case 5:
      return mergePatch(
        state,
        random,
        kind.custom && random(8) > 0
          ? "application/merge-patch+json"
          : STRATEGIC,
      );
    case 6:
      return random(3) === 0 ? remove(state, random) : put(state, random);
  }
  return apply(state, random);
}

function apply(state: SequenceState, random: Random): SequenceRequest {
  const { kind, name } = state;
  const subresource = subresourceOf(state, random);
  const query = new URLSearchParams({ fieldManager: pick(APPLIERS, random) });
  if (random(3) === 0) query.set("force", "true");
  if (random(25) === 0) query.set("dryRun", "All");
  if (random(15) === 0) query.set("fieldValidation", "Strict");
  if (random(60) === 0) query.delete("fieldManager");
  return {
    method: "PATCH",
    path: `/${name}${subresource}?${query}`,
    contentType: "application/apply-patch+yaml",
    body: subresource === "/scale"
      ? scale(name, random)
      : { ...type(kind, random), ...content(state, random) },
  };
}

function scale(name: string, random: Random): unknown {
  return {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { name },
    spec: { replicas: 1 + random(5) },
  };
}

function type(
  { apiVersion, kind }: SequenceKind,
  random: Random,
): Readonly<Record<string, unknown>> {
  if (random(80) === 0) return { apiVersion: "v1", kind: "Namespace" };
  return { apiVersion, kind };
}

function content(
  { kind, name }: SequenceState,
  random: Random,
): Readonly<Record<string, unknown>> {
  const metadata = random(2) === 0 ? object(METADATA, random) : {};
  const kept = kind.custom ? withoutEmpty(metadata) : metadata;
  return { metadata: { ...kept, name }, ...object(kind.shape, random) };
}

/** The store keeps them until the next write, which then is one. */
function withoutEmpty(
  metadata: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) =>
      Object.keys(Object(value)).length > 0
    ),
  );
}

function object(
  shape: Shape,
  random: Random,
): Readonly<Record<string, unknown>> {
  const value = sample(shape, random);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    // An object that is no array.
    ? value as Readonly<Record<string, unknown>>
    : {};
}

function subresourceOf({ kind, last }: SequenceState, random: Random): string {
  if (last === undefined && random(10) > 0) return "";
  if (kind.subresources.length === 0 || random(4) > 0) return "";
  return `/${pick(kind.subresources, random)}`;
}

function updateQuery(random: Random): string {
  const query = new URLSearchParams({ fieldManager: pick(UPDATERS, random) });
  if (random(25) === 0) query.set("dryRun", "All");
  if (random(15) === 0) query.set("fieldValidation", "Strict");
  if (random(8) === 0) query.set("fieldManager", pick(APPLIERS, random));
  return `?${query}`;
}

function post(state: SequenceState, random: Random): SequenceRequest {
  return {
    method: "POST",
    path: updateQuery(random),
    contentType: "application/json",
    body: { ...type(state.kind, random), ...content(state, random) },
  };
}

function put(state: SequenceState, random: Random): SequenceRequest {
  const { kind, name, last = {} } = state;
  const subresource = subresourceOf(state, random);
  const query = updateQuery(random);
  const path = `/${name}${subresource}${query}`;
  const contentType = "application/json";
  if (subresource === "/scale") {
    return { method: "PUT", path, contentType, body: scale(name, random) };
  }
  const fresh = content(state, random);
  const metadata: Record<string, unknown> = {
    ...Object(last.metadata),
    ...random(2) === 0 ? Object(fresh.metadata) : {},
  };
  if (random(3) === 0) delete metadata.resourceVersion;
  else if (random(10) === 0) metadata.resourceVersion = "1";
  if (random(5) === 0) delete metadata.managedFields;
  else if (random(12) === 0) metadata.managedFields = pick([[], [{}]], random);
  const body: Record<string, unknown> = { ...last };
  for (const field of Object.keys(kind.shape.fields)) {
    if (random(2) === 0) continue;
    if (field in fresh) body[field] = fresh[field];
    else if (random(2) === 0) delete body[field];
  }
  return { method: "PUT", path, contentType, body: { ...body, metadata } };
}

function mergePatch(
  state: SequenceState,
  random: Random,
  contentType: string,
): SequenceRequest {
  const subresource = subresourceOf(state, random);
  const path = `/${state.name}${subresource}${updateQuery(random)}`;
  const { metadata, ...rest } = content(state, random);
  const body = subresource === "/scale"
    ? { spec: { replicas: 1 + random(5) } }
    : withNulls(random(3) === 0 ? { metadata, ...rest } : rest, random);
  return {
    method: "PATCH",
    path,
    contentType,
    body: contentType === STRATEGIC ? comparableKeys(body) : body,
  };
}

/** Puts null, which removes a field, in the place of some values. */
function withNulls(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key !== "metadata" && key !== "spec" && random(6) === 0
        ? null
        : withNulls(member, random),
    ]),
  );
}

function jsonPatch(state: SequenceState, random: Random): SequenceRequest {
  const subresource = subresourceOf(state, random);
  const body = subresource === "/scale"
    ? [{ op: "replace", path: "/spec/replicas", value: 1 + random(5) }]
    : randomJsonPatch(state, random);
  return {
    method: "PATCH",
    path: `/${state.name}${subresource}${updateQuery(random)}`,
    contentType: "application/json-patch+json",
    body,
  };
}

function remove({ name }: SequenceState, random: Random): SequenceRequest {
  const body = random(2) === 0 ? {} : { propagationPolicy: "Background" };
  const contentType = "application/json";
  return { method: "DELETE", path: `/${name}`, contentType, body };
}
