import { isEmpty } from "./json_value.ts";

/**
 * A set of fields of an object, in the form of `fieldsV1`: a tree whose keys
 * are path elements such as `f:spec`. A node without keys, or with the key `.`,
 * is in the set; a node that only has children is not.
 *
 * Sets are never changed once made, so they share their branches. The empty set
 * is `undefined`, since a tree without keys stands for a member.
 */
export interface FieldSet {
  /** The branch of a path element, or the mark `.`. */
  readonly [element: string]: FieldSet;
}

/** A node that is in the set and has no children. */
export const LEAF: FieldSet = Object.freeze({});

/**
 * Tells whether a node is in the set.
 *
 * @param node A node below the root.
 * @returns Whether it is a member by itself.
 */
export function isMember(node: FieldSet): boolean {
  return node["."] !== undefined || isEmpty(node);
}

/**
 * Makes a node.
 *
 * @param member Whether it is in the set.
 * @param children Its branches without the mark, or `undefined` for none.
 * @returns The node, or `undefined` if there is nothing in it.
 */
export function makeNode(
  member: boolean,
  children: Record<string, FieldSet> | undefined,
): FieldSet | undefined {
  if (children === undefined) return member ? LEAF : undefined;
  return member ? { ".": LEAF, ...children } : children;
}

/**
 * Adds two sets.
 *
 * @param a One set.
 * @param b The other set.
 * @returns What is in either; `a` itself if `b` adds nothing.
 */
export function union(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
): FieldSet | undefined {
  if (a === undefined || a === b) return b;
  return b === undefined ? a : uniteChildren(a, b, false);
}

function uniteNodes(a: FieldSet, b: FieldSet): FieldSet {
  return uniteChildren(a, b, isMember(a) || isMember(b));
}

function uniteChildren(a: FieldSet, b: FieldSet, member: boolean): FieldSet {
  let children: Record<string, FieldSet> | undefined;
  for (const element in b) {
    const right = b[element];
    if (element === "." || right === undefined) continue;
    const left = a[element];
    const both = left === undefined ? right : uniteNodes(left, right);
    if (both !== left) (children ??= { ...a })[element] = both;
  }
  if (children === undefined) {
    if (!member || isMember(a)) return a;
    children = { ...a };
  }
  if (!member || children["."] !== undefined) return children;
  return { ".": LEAF, ...children };
}

/**
 * Intersects two sets.
 *
 * @param a One set.
 * @param b The other set.
 * @returns What is in both.
 */
export function intersection(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
): FieldSet | undefined {
  if (a === undefined || b === undefined) return undefined;
  return intersectChildren(a, b, false);
}

function intersectChildren(
  a: FieldSet,
  b: FieldSet,
  member: boolean,
): FieldSet | undefined {
  let children: Record<string, FieldSet> | undefined;
  for (const element in a) {
    const left = a[element];
    const right = b[element];
    if (element === "." || left === undefined || right === undefined) continue;
    const both = intersectChildren(
      left,
      right,
      isMember(left) && isMember(right),
    );
    if (both !== undefined) (children ??= {})[element] = both;
  }
  return makeNode(member, children);
}

/** Options of {@linkcode difference}. */
export interface DifferenceOptions {
  /**
   * Whether a member of the second set takes away everything below it.
   *
   * @default false
   */
  readonly recursive?: boolean;
}

/**
 * Subtracts a set from another. A member takes away the member at the same
 * path; what is above or below stays, unless the difference is recursive.
 *
 * @param a The set to subtract from.
 * @param b The set to subtract.
 * @returns What is in `a` and not in `b`; `a` itself if nothing is taken away.
 */
export function difference(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
  options: DifferenceOptions = {},
): FieldSet | undefined {
  if (a === undefined || b === undefined) return a;
  return subtractChildren(a, b, false, options.recursive ?? false);
}

function subtractChildren(
  a: FieldSet,
  b: FieldSet,
  member: boolean,
  recursive: boolean,
): FieldSet | undefined {
  let children: Record<string, FieldSet> | undefined;
  let same = true;
  for (const element in a) {
    const left = a[element];
    if (element === "." || left === undefined) continue;
    const right = b[element];
    const rest = right === undefined
      ? left
      : subtractNode(left, right, recursive);
    if (rest !== left) same = false;
    if (rest !== undefined) (children ??= {})[element] = rest;
  }
  if (same && member === isMember(a)) return a;
  return makeNode(member, children);
}

function subtractNode(
  a: FieldSet,
  b: FieldSet,
  recursive: boolean,
): FieldSet | undefined {
  const taken = isMember(b);
  if (recursive && taken) return undefined;
  return subtractChildren(a, b, isMember(a) && !taken, recursive);
}

/**
 * Makes a set of plain field paths.
 *
 * @param paths Paths of field names, e.g. `["metadata", "labels"]`.
 * @returns The set.
 */
export function fieldSetOf(
  paths: readonly (readonly string[])[],
): FieldSet | undefined {
  let set: FieldSet | undefined;
  for (const path of paths) {
    const branch = path.reduceRight<FieldSet>(
      (below, name) => ({ [`f:${name}`]: below }),
      LEAF,
    );
    set = union(set, branch);
  }
  return set;
}
