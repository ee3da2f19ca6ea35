import { type WorldContent, WrongWorldError } from "./verify_world.ts";

/** Version of each object, by resource and name. */
export type WorldVersions = ReadonlyMap<string, string>;

/**
 * Notes which version each ConfigMapSync and each child has.
 *
 * @param content The objects.
 * @returns The versions.
 */
export function worldVersions(
  { syncs, children }: Pick<WorldContent, "syncs" | "children">,
): WorldVersions {
  return new Map(
    [...syncs, ...children].map(({ kind, metadata }) => [
      `${kind} ${metadata.name}`,
      `${metadata.uid} ${metadata.resourceVersion}`,
    ]),
  );
}

/**
 * Checks that nobody wrote what was as it should be.
 *
 * @param before The versions of what must stay.
 * @param after The versions of everything, later.
 * @throws {WrongWorldError} If an object has another version.
 */
export function verifyUntouched(
  before: WorldVersions,
  after: WorldVersions,
): void {
  const problems = [...before]
    .filter(([object, version]) => after.get(object) !== version)
    .map(([object]) => `${object} was written without need`);
  if (problems.length > 0) throw new WrongWorldError(problems);
}
