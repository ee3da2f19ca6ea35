/** One value that differs between what was recorded and what came. */
export interface Difference {
  /** Where, as `0.body.message`. */
  readonly path: string;
  /** What the real server answered; `undefined` if nothing. */
  readonly real: unknown;
  /** What came; `undefined` if nothing. */
  readonly got: unknown;
}

/**
 * Finds the values that differ.
 *
 * @param real What the real server answered.
 * @param got What came.
 * @param path Where both are.
 * @returns The innermost differences.
 */
export function differences(
  real: unknown,
  got: unknown,
  path = "",
): Difference[] {
  if (isContainer(real) && isContainer(got) && sameSort(real, got)) {
    const keys = new Set([...Object.keys(real), ...Object.keys(got)]);
    return [...keys].flatMap((key) =>
      differences(real[key], got[key], path === "" ? key : `${path}.${key}`)
    );
  }
  return Object.is(real, got) ? [] : [{ path, real, got }];
}

/** Lists of different lengths are told as a whole. */
function sameSort(a: object, b: object): boolean {
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return !Array.isArray(a) || Object.keys(a).length === Object.keys(b).length;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
