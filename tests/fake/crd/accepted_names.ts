import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { CrdSpec } from "./crd_spec.ts";

/** The names that a CRD may use, and the last one that it may not. */
export interface AcceptedNames {
  /** The names. */
  readonly names: JsonObject;
  /** Why not all are accepted; `undefined` if they are. */
  readonly conflict:
    | { readonly reason: string; readonly message: string }
    | undefined;
}

const FIELDS = [
  ["plural", "PluralConflict"],
  ["singular", "SingularConflict"],
  ["shortNames", "ShortNamesConflict"],
  ["kind", "KindConflict"],
  ["listKind", "ListKindConflict"],
] as const;

/**
 * Decides which names of a CRD are free: `NamingConditionController` of
 * apiextensions-apiserver.
 *
 * @param spec Spec of the CRD.
 * @param status Its status.
 * @param others The other CRDs.
 * @returns The names it has.
 */
export function acceptedNames(
  spec: CrdSpec,
  status: JsonObject,
  others: Iterable<JsonObject>,
): AcceptedNames {
  const former = isObject(status.acceptedNames) ? status.acceptedNames : {};
  const used = usedNames(spec.group, others);
  const wanted: JsonObject = { ...spec.names };
  const names: Record<string, unknown> = { ...former };
  let conflict: AcceptedNames["conflict"];
  for (const [field, reason] of FIELDS) {
    const set = field.endsWith("ind") ? used.kinds : used.resources;
    const mine = textsOf(former[field]);
    const taken = textsOf(wanted[field]).filter((name) =>
      !mine.includes(name) && set.has(name)
    );
    if (taken.length > 0) {
      const texts = taken.map((name) => `"${name}" is already in use`);
      const message = texts.length === 1
        ? texts.join()
        : `[${texts.join(", ")}]`;
      conflict = { reason, message };
    } else if (wanted[field] === undefined) delete names[field];
    else names[field] = wanted[field];
  }
  if (wanted.categories === undefined) delete names.categories;
  else names.categories = wanted.categories;
  if (conflict === undefined) return { names: wanted, conflict };
  return { names: { plural: "", kind: "", ...names }, conflict };
}

function usedNames(group: string, crds: Iterable<JsonObject>) {
  const resources = new Set<string>();
  const kinds = new Set<string>();
  for (const crd of crds) {
    if (valueAt(crd, ["spec", "group"]) !== group) continue;
    const names = valueAt(crd, ["status", "acceptedNames"]);
    for (const [field] of FIELDS) {
      const set = field.endsWith("ind") ? kinds : resources;
      for (const name of textsOf(valueAt(names, [field]))) set.add(name);
    }
  }
  return { resources, kinds };
}

function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((name): name is string =>
    typeof name === "string" && name !== ""
  );
}
