import type { ConfigMap, Event } from "@koprs/koprs/builtin";
import { getCondition } from "@koprs/koprs/core";
import type { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import { type BenchWorld, wantedData } from "./bench_world.ts";

const PREFIX = "configmapsync.example.io";

/** Selects the children, whichever operator made them. */
export const CHILDREN = "app.kubernetes.io/managed-by=configmapsync-operator";

/** The world is not as the operator says. */
export class WrongWorldError extends Error {
  /** Name of the class. */
  override name = "WrongWorldError";

  /**
   * Says what is wrong.
   *
   * @param problems Each of them, at least one.
   */
  constructor(problems: readonly string[]) {
    const more = problems.length > 3 ? `; and ${problems.length - 3} more` : "";
    super(`Wrong world: ${problems.slice(0, 3).join("; ")}${more}`);
  }
}

/** What an operator should have made. */
export interface Expectation {
  /** How often each spec was changed. */
  readonly revision: number;
  /**
   * How many Events each ConfigMapSync has.
   *
   * @default {undefined} any number, since repetitions may be counted up
   */
  readonly events?: number;
}

/** What is there. */
export interface WorldContent {
  /** All ConfigMapSyncs. */
  readonly syncs: readonly ConfigMapSync[];
  /** All their children. */
  readonly children: readonly ConfigMap[];
  /** All Events. */
  readonly events: readonly Event[];
}

/**
 * Reads everything from the API server and compares it with what should be.
 *
 * @param world What is read.
 * @param expected What should be there.
 * @returns What was read.
 * @throws {WrongWorldError} If anything is wrong.
 */
export async function verifyWorld(
  { namespace, names, ...world }: BenchWorld,
  expected: Expectation,
): Promise<WorldContent> {
  const content = {
    syncs: await Array.fromAsync(world.syncs.list({ namespace })),
    children: await Array.fromAsync(
      world.configMaps.list({ namespace, labelSelector: CHILDREN }),
    ),
    events: await Array.fromAsync(world.events.list({ namespace })),
  };
  const problems = worldProblems(content, { ...expected, names });
  if (problems.length > 0) throw new WrongWorldError(problems);
  return content;
}

/**
 * Compares what is there with what should be.
 *
 * @param content What is there.
 * @param expected What should be, and of which ConfigMapSyncs.
 * @returns What is wrong, if anything.
 */
export function worldProblems(
  { syncs, children, events }: WorldContent,
  expected: Expectation & { readonly names: readonly string[] },
): string[] {
  const { names, revision } = expected;
  const childNames = new Map(children.map((map) => [map.metadata.name, map]));
  const syncNames = new Map(syncs.map((sync) => [sync.metadata.name, sync]));
  const told = new Map<string, number>();
  for (const { regarding } of events) {
    const name = regarding?.name ?? "";
    told.set(name, (told.get(name) ?? 0) + 1);
  }
  const problems: string[] = [];
  const expect = (isAsExpected: boolean, problem: string): void => {
    if (!isAsExpected) problems.push(problem);
  };
  expect(children.length === names.length, `${children.length} children`);
  for (const name of names) {
    const child = childNames.get(`cms-${name}`);
    const sync = syncNames.get(name);
    const data = wantedData(name, revision);
    expect(child !== undefined, `cms-${name} is missing`);
    expect(isEqual(child?.data, data), `cms-${name} has other data`);
    const owner = child?.metadata.labels?.[`${PREFIX}/owner`];
    expect(owner === name, `cms-${name} has owner "${owner}"`);
    expect(sync !== undefined, `${name} is missing`);
    if (sync === undefined) continue;
    for (const problem of syncProblems(sync)) expect(false, problem);
    const count = told.get(name) ?? 0;
    expect(
      count === (expected.events ?? count),
      `${name} has ${count} Events`,
    );
  }
  return problems;
}

function* syncProblems({ metadata, status }: ConfigMapSync): Iterable<string> {
  const { name, namespace, generation, labels, finalizers = [] } = metadata;
  if (labels?.[`${PREFIX}/synced-to`] !== namespace) {
    yield `${name} has no label synced-to`;
  }
  if (finalizers.join() !== `${PREFIX}/cleanup`) {
    yield `${name} has finalizers "${finalizers.join()}"`;
  }
  const ready = getCondition(status?.conditions, "Ready");
  if (ready?.status !== "True") yield `${name} is not Ready`;
  if (status?.ready !== true) yield `${name} has no status.ready`;
  if (ready?.observedGeneration !== generation) {
    yield `${name} is Ready of generation ${ready?.observedGeneration}`;
  }
  // Of the status itself only koprs for Deno tells the generation.
  const observed: number | undefined = status?.observedGeneration;
  if (observed !== undefined && observed !== generation) {
    yield `${name} has observed generation ${observed}`;
  }
}

/** Compares data, whatever the order of its keys. */
function isEqual(
  a: Readonly<Record<string, string>> | undefined,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(b);
  return a !== undefined && Object.keys(a).length === keys.length &&
    keys.every((key) => a[key] === b[key]);
}
