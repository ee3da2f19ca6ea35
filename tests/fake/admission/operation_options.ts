import type { RequestContext } from "../http/request_context.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/** What a request does to an object. */
export type Operation = "CREATE" | "UPDATE" | "DELETE" | "CONNECT";

const KINDS: Readonly<Record<Operation, string | undefined>> = {
  CREATE: "CreateOptions",
  UPDATE: "UpdateOptions",
  DELETE: "DeleteOptions",
  CONNECT: undefined,
};

/**
 * Writes the options of a write as webhooks see them: what its query says. Of
 * a patch they are those of the creation or update that it is.
 *
 * @param context The request.
 * @param operation What it does.
 * @returns The options; `undefined` for none.
 */
export function operationOptions(
  { query }: Pick<RequestContext, "query">,
  operation: Operation,
): JsonObject | undefined {
  const kind = KINDS[operation];
  if (kind === undefined) return undefined;
  const dryRun = query.getAll("dryRun").filter((value) => value !== "");
  const fieldManager = query.get("fieldManager") ?? "";
  const fieldValidation = query.get("fieldValidation") ?? "";
  return {
    kind,
    apiVersion: "meta.k8s.io/v1",
    ...dryRun.length === 0 ? {} : { dryRun },
    ...fieldManager === "" ? {} : { fieldManager },
    ...fieldValidation === "" ? {} : { fieldValidation },
  };
}
