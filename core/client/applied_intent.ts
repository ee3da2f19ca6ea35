import { jsonEqual } from "../kind/json_equal.ts";
import type { KubeObject } from "../kind/object.ts";
import { managedFieldsOf } from "./decode.ts";

/** Whose intent it is, and for which part of the object. */
export interface IntentOwner {
  /** The field manager. */
  readonly fieldManager: string;
  /** The part of the object that is applied, as `"status"`. */
  readonly subresource?: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Intents that were applied, by the object the API server made of them. */
const applied = new WeakMap<KubeObject, Map<string, string>>();

/**
 * Remembers that an apply led to an object, where its managed fields alone
 * cannot tell so (when the API server defaulted a key of a list, say).
 *
 * @param live The object as the API server returned it.
 * @param intent The fields that were applied.
 * @param owner Who applied them.
 */
export function rememberIntent(
  live: KubeObject,
  intent: Json,
  owner: IntentOwner,
): void {
  if (ownsExactly(live, intent, owner)) return;
  const intents = applied.get(live) ?? new Map<string, string>();
  applied.set(live, intents.set(ownerId(owner), JSON.stringify(intent)));
}

/**
 * Whether applying an intent again would change nothing.
 *
 * True only if the object is the very one that the same intent led to, or if
 * the manager owns exactly the fields of the intent and each has its value.
 *
 * @param live The object as it is.
 * @param intent The fields to apply, without `apiVersion`, `kind` and the key.
 * @param owner Who applies them.
 * @returns Whether the request can be left out.
 */
export function holdsIntent(
  live: KubeObject,
  intent: Json,
  owner: IntentOwner,
): boolean {
  const last = applied.get(live)?.get(ownerId(owner));
  if (last !== undefined && last === JSON.stringify(intent)) return true;
  return ownsExactly(live, intent, owner);
}

function ownerId({ fieldManager, subresource = "" }: IntentOwner): string {
  return `${fieldManager} ${subresource}`;
}

function ownsExactly(
  live: KubeObject,
  intent: Json,
  { fieldManager, subresource }: IntentOwner,
): boolean {
  const entry = managedFieldsOf(live).find((entry) =>
    entry.manager === fieldManager && entry.operation === "Apply" &&
    entry.subresource === subresource
  );
  return entry?.fieldsV1 !== undefined &&
    sameFields(entry.fieldsV1, intent, live);
}

/** Compares a node of FieldsV1 with the wanted and the live value. */
function sameFields(fields: Json, wanted: unknown, live: unknown): boolean {
  const names = Object.keys(fields).filter((name) => name !== ".");
  if (names.length === 0) return jsonEqual(wanted, live);
  if (Array.isArray(wanted)) {
    return Array.isArray(live) && wanted.length === names.length &&
      names.every((name) => sameItem({ name, fields, wanted, live }));
  }
  if (!isObject(wanted) || !isObject(live)) return false;
  const keys = Object.keys(wanted).filter((key) => wanted[key] !== undefined);
  return keys.length === names.length && keys.every((key) => {
    const field = fields[`f:${key}`];
    return isObject(field) && sameFields(field, wanted[key], live[key]);
  });
}

interface ItemComparison {
  readonly name: string;
  readonly fields: Json;
  readonly wanted: readonly unknown[];
  readonly live: readonly unknown[];
}

/** Compares one item of a list: `v:` names a value, `k:` the keys of a map. */
function sameItem({ name, fields, wanted, live }: ItemComparison): boolean {
  const kind = name.slice(0, 2);
  if (kind !== "v:" && kind !== "k:") return false;
  const key: unknown = JSON.parse(name.slice(2));
  const matches = kind === "v:"
    ? (item: unknown): boolean => jsonEqual(item, key)
    : (item: unknown): boolean =>
      isObject(item) && isObject(key) &&
      Object.keys(key).every((part) => jsonEqual(item[part], key[part]));
  const [wantedItem, liveItem] = [wanted.find(matches), live.find(matches)];
  const field = fields[name];
  return wantedItem !== undefined && liveItem !== undefined &&
    isObject(field) && sameFields(field, wantedItem, liveItem);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
