import type { CustomKind } from "../core/kind/custom_kind.ts";
import { jsonEqual } from "../core/kind/json_equal.ts";
import type { KubeObject } from "../core/kind/object.ts";
import type { SchemaIssue } from "../core/kind/schema.ts";
import type { AdmissionRequest } from "./admission_request.ts";
import { allow, type Decision, type DenialCause, deny } from "./decision.ts";

/** An object with a spec. */
export interface ObjectWithSpec extends KubeObject {
  /** What is wanted. */
  readonly spec: unknown;
}

/** A validating handler for the spec of custom objects. */
export type SpecValidator<T extends KubeObject> = (
  request: AdmissionRequest<T, "CREATE" | "UPDATE">,
) => Promise<Decision>;

/**
 * Makes a handler that validates specs by the schema of their kind.
 *
 * It says what the CRD cannot: refinements across fields, formats, lengths of
 * your own. A spec that an update leaves as it is passes, so that objects of an
 * older schema can still lose their finalizers.
 *
 * @example Validate in one line
 * ```ts
 * import { specValidator, validatingWebhook } from "@koprs/koprs/admission";
 * import { defineKind } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const Range = defineKind({
 *   group: "example.io",
 *   version: "v1",
 *   kind: "Range",
 *   plural: "ranges",
 *   scope: "Namespaced",
 *   spec: z.object({ low: z.int(), high: z.int() })
 *     .refine(({ low, high }) => low <= high, "low must not exceed high"),
 * });
 * const webhook = validatingWebhook(Range, specValidator(Range));
 * assertEquals(webhook.path, "/validate/ranges.example.io/v1");
 * ```
 *
 * @typeParam T The type of the objects.
 * @param kind The custom kind.
 * @returns The handler.
 */
export function specValidator<T extends ObjectWithSpec>(
  kind: CustomKind<T>,
): SpecValidator<T> {
  return async (request) => {
    const { spec }: { readonly spec?: unknown } = request.object;
    if (request.operation === "UPDATE") {
      if (jsonEqual(spec, request.oldObject?.spec)) return allow();
    }
    const { issues } = await kind.spec["~standard"].validate(spec);
    if (issues === undefined) return allow();
    const causes = issues.map(causeOf);
    const message = causes.map(({ field, message }) => `${field}: ${message}`)
      .join("; ");
    return deny(message, { code: 422, reason: "Invalid", causes });
  };
}

function causeOf({ message, path = [] }: SchemaIssue): DenialCause {
  const keys = path.map((step) => typeof step === "object" ? step.key : step);
  const field = keys.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`,
    "spec",
  );
  return { field, message };
}
