import { seededRandom } from "../../seeded_random.ts";
import type { RecordedAnswer } from "../conformance_case.ts";
import type { ConformanceTarget } from "../conformance_target.ts";
import { sortedByText } from "../stable_order.ts";
import { maskAnswers } from "../mask_answers.ts";
import { nextRequest, type SequenceRequest } from "./next_request.ts";
import { SEQUENCE_KINDS, type SequenceKind } from "./sequence_kinds.ts";
import { pick } from "./shape.ts";

/** Most requests of a sequence. */
const LENGTH = 8;
const HEADERS = { "user-agent": "sequence/1", accept: "application/json" };

/** What was asked and answered. */
export interface SequenceResult {
  /** The requests, in order. */
  readonly requests: readonly SequenceRequest[];
  /** The masked answer to each, and the object after it. */
  readonly answers: readonly RecordedAnswer[];
}

/**
 * Runs the random sequence of a seed: several managers write one object.
 *
 * @param target The server.
 * @param seed Which sequence.
 * @param namespace An existing namespace.
 * @returns What was asked and answered; the object is removed.
 */
export async function runSequence(
  target: ConformanceTarget,
  seed: number,
  namespace: string,
): Promise<SequenceResult> {
  const random = seededRandom(seed);
  const kind = pick(SEQUENCE_KINDS, random);
  const name = `seed-${seed}`;
  const path = collectionPath(kind, namespace);
  const requests: SequenceRequest[] = [];
  const answers: RecordedAnswer[] = [];
  let last: Readonly<Record<string, unknown>> | undefined;
  const length = 3 + random(LENGTH - 2);
  for (let step = 0; step < length; step++) {
    const request = nextRequest({ kind, name, last }, random);
    requests.push(request);
    answers.push(await send(target, path, request));
    const now = await send(target, path, { method: "GET", path: `/${name}` });
    // An object, since the answer is not a failure.
    last = now.status === 200 ? now.body as typeof last : undefined;
    answers.push(now);
  }
  await clear(target, path, name);
  const masked = maskAnswers(answers, { namespace });
  return { requests, answers: masked.map(withoutChance) };
}

/** Takes out of an answer what depends on the random order of Go's maps. */
function withoutChance(answer: RecordedAnswer): RecordedAnswer {
  const { body } = answer;
  if (typeof body !== "object" || body === null) return answer;
  const { message } = body as { readonly message?: unknown }; // Of a Status.
  if (typeof message !== "string") return answer;
  const [start = "", ...errors] = message.split("\n  ");
  // An undeclared field ends the check of its map, wherever that is.
  const text = message.includes(UNDECLARED)
    ? `${message.split("): ")[0]}): ${UNDECLARED}`
    : [start, ...errors.sort()].join("\n  ");
  const masked = JSON.stringify(
    { ...body, message: text },
    (key, value) => key === "message" ? withSortedObject(value) : value,
  );
  return { ...answer, body: JSON.parse(masked) };
}

/** Sorts the fields of an object that a message quotes. */
function withSortedObject(message: string): string {
  // The embedded server does not know an empty map from none.
  const text = message.replaceAll(NO_LABELS, "Invalid value: null: `selector`");
  const [, start, object = "", end] = OBJECT_REGEXP.exec(text) ?? [];
  if (start === undefined) return text;
  const value: unknown = JSON.parse(JSON.parse(`"${object}"`));
  return `${start}${JSON.stringify(sorted(value))}${end}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    // Managers come in the order of their seconds, which runs do not share.
    return items.every((item) => Object.hasOwn(Object(item), "manager"))
      ? sortedByText(items)
      : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([key, member]) => [key, sorted(member)]),
  );
}

const OBJECT_REGEXP = /^(.*Invalid value: )"(\{.*\})"(: .*)$/s;

const UNDECLARED = "field not declared in schema";
const NO_LABELS = "Invalid value: {}: `selector`";

function collectionPath(
  { apiVersion, plural }: SequenceKind,
  namespace: string,
): string {
  const root = apiVersion.includes("/") ? "apis" : "api";
  return `/${root}/${apiVersion}/namespaces/${namespace}/${plural}`;
}

async function send(
  target: ConformanceTarget,
  collection: string,
  { method, path, contentType, body }:
    & Pick<SequenceRequest, "method" | "path">
    & Partial<SequenceRequest>,
): Promise<RecordedAnswer> {
  const response = await target.send(collection + path, {
    method,
    headers: {
      ...HEADERS,
      ...contentType === undefined ? {} : { "content-type": contentType },
    },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  }, true);
  const text = await response.text();
  const warning = response.headers.get("warning");
  return {
    status: response.status,
    ...warning === null ? {} : { headers: { warning } },
    body: text.startsWith("{") ? JSON.parse(text) : text,
  };
}

/** Removes what a sequence leaves, since no controller does. */
async function clear(
  target: ConformanceTarget,
  path: string,
  name: string,
): Promise<void> {
  const object = { path: `/${name}`, contentType: "application/json" };
  const body = { gracePeriodSeconds: 0, propagationPolicy: "Background" };
  const { status } = await send(target, path, {
    ...object,
    method: "DELETE",
    body,
  });
  if (status === 404) return;
  await send(target, path, {
    ...object,
    method: "PATCH",
    contentType: "application/merge-patch+json",
    body: { metadata: { finalizers: null } },
  });
}
