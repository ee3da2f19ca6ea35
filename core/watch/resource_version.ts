/** Anything with a resourceVersion. */
export interface Versioned {
  /** Its metadata. */
  readonly metadata: {
    /** The version, a decimal number of any length. */
    readonly resourceVersion: string;
  };
}

/**
 * Whether one state of an object is newer than another, of the same kind.
 *
 * @param a The one.
 * @param b The other.
 * @returns Whether `a` is newer than `b`.
 */
export function isNewer(a: Versioned, b: Versioned): boolean {
  return isNewerVersion(
    a.metadata.resourceVersion,
    b.metadata.resourceVersion,
  );
}

/**
 * Whether one resourceVersion is newer than another, of the same kind.
 *
 * Kubernetes makes resourceVersions comparable as numbers (KEP-5504); they are
 * compared as decimal text, since they outgrow a JavaScript number. Those of
 * other servers may be any text: then each that differs counts as newer.
 *
 * @param a The one; objects of odd servers have none.
 * @param b The other.
 * @returns Whether `a` is newer than `b`.
 */
export function isNewerVersion(
  a: string | undefined,
  b: string | undefined,
): boolean {
  if (a === undefined || b === undefined) return true;
  if (!decimal.test(a) || !decimal.test(b)) return a !== b;
  return a.length === b.length ? a > b : a.length > b.length;
}

/** A number without leading zeros, which text can stand for. */
const decimal = /^[1-9]\d*$/;
