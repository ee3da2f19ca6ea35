import { badRequest } from "./status_errors.ts";

/** Says that a body is not an object of a kind. */
export function unrecognized(
  kind: string,
  { why, text }: { readonly why: string; readonly text: string },
): Error {
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${why} (${text})`,
  );
}
