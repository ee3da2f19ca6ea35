/**
 * Reads a continue token, whose revision differs between runs.
 *
 * @param token The token.
 * @returns What it says, without the revision of a consistent list.
 */
export function decodeContinue(token: string): unknown {
  const json = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
  // The object that API servers encode.
  const { rv, ...rest } = JSON.parse(json) as { readonly rv: number };
  return { ...rest, rv: rv < 0 ? rv : "<rv>" };
}
