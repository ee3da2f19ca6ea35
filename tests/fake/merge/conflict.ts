import type { FieldSet } from "./field_set.ts";
import { isMember } from "./field_set.ts";
import { compareText } from "./json_value.ts";
import { type Manager, managerKey } from "./managers.ts";
import { compareElements, elementText } from "./path_element.ts";

/** A field that another manager owns with another value. */
export interface Conflict {
  /** Name of that manager. */
  readonly manager: string;
  /** E.g. `conflict with "kubectl" using v1`. */
  readonly message: string;
  /** Path of the field, e.g. `.data.key`. */
  readonly field: string;
}

/** The fields over which an apply conflicts with one manager. */
export interface ManagerConflict {
  /** The other manager. */
  readonly owner: Manager;
  /** The fields. */
  readonly fields: FieldSet;
}

/** The paths of a set: members of a node first, then what is below them. */
function* pathsOf(set: FieldSet, prefix = ""): Generator<string> {
  const elements = Object.keys(set).filter((element) => element !== ".")
    .sort(compareElements);
  for (const element of elements) {
    const node = set[element];
    if (node && isMember(node)) yield prefix + elementText(element);
  }
  for (const element of elements) {
    const node = set[element];
    if (node) yield* pathsOf(node, prefix + elementText(element));
  }
}

function ownerText(
  { manager, operation, apiVersion, subresource }: Manager,
): string {
  const name = JSON.stringify(manager) +
    (subresource ? ` with subresource ${JSON.stringify(subresource)}` : "");
  return operation === "Update" ? `${name} using ${apiVersion}` : name;
}

/**
 * Describes conflicts as kube-apiserver does.
 *
 * @param conflicts What each manager owns.
 * @returns One conflict for each field, and the message of the Status.
 */
export function describeConflicts(
  conflicts: readonly ManagerConflict[],
): { readonly conflicts: readonly Conflict[]; readonly message: string } {
  const sorted = conflicts
    .map(({ owner, fields }) => ({
      owner,
      key: managerKey(owner),
      paths: [...pathsOf(fields)],
    }))
    .sort((a, b) => compareText(a.key, b.key));
  const causes = sorted.flatMap(({ owner, paths }) =>
    paths.map((field): Conflict => ({
      manager: owner.manager,
      message: `conflict with ${ownerText(owner)}`,
      field,
    }))
  );
  const [first] = causes;
  if (first && causes.length === 1) {
    const message =
      `Apply failed with 1 conflict: ${first.message}: ${first.field}`;
    return { conflicts: causes, message };
  }
  const lines = sorted.flatMap(({ owner, paths }) => [
    `conflicts with ${ownerText(owner)}:`,
    ...paths.map((path) => `- ${path}`),
  ]);
  return {
    conflicts: causes,
    message: `Apply failed with ${causes.length} conflicts: ${
      lines.join("\n")
    }`,
  };
}
