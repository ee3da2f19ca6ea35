import type { JsonObject } from "../schema/type_schema.ts";

/** A container that was chosen, or why none was. */
export type ChosenContainer =
  | { readonly name: string }
  | { readonly problem: string };

/** Where a Pod has containers, in the order in which errors name them. */
const LISTS = ["initContainers", "containers", "ephemeralContainers"];

/**
 * Chooses a container of a Pod, as `validateContainer` of the API server does.
 *
 * @param pod The Pod.
 * @param container The wanted name; empty for the only one.
 * @returns The name, or what the API server says.
 */
export function chooseContainer(
  pod: JsonObject,
  container: string,
): ChosenContainer {
  const { name } = pod.metadata as { readonly name: string }; // The store's.
  const spec = (pod.spec ?? {}) as JsonObject; // Checked when it was stored.
  const names = LISTS.flatMap((list) => namesOf(spec[list]));
  if (container !== "") {
    return names.includes(container) ? { name: container } : {
      problem: `container ${container} is not valid for pod ${name}`,
    };
  }
  const [first, ...others] = namesOf(spec.containers);
  if (first !== undefined && others.length === 0) return { name: first };
  const why = `a container name must be specified for pod ${name}`;
  return {
    problem: first === undefined
      ? why
      : `${why}, choose one of: [${names.join(" ")}]`,
  };
}

function namesOf(list: unknown): string[] {
  // Checked when the Pod was stored.
  return ((list ?? []) as { readonly name: string }[]).map(({ name }) => name);
}
