import { assertEquals } from "@std/assert";
import * as z from "zod";
import { defineKind } from "../core/kind/define_kind.ts";
import { ask, reviewOf } from "../tests/admission_question.ts";
import { admissionHandler } from "./admission_handler.ts";
import { specValidator } from "./spec_validation.ts";
import { validatingWebhook } from "./validating_webhook.ts";

const Range = defineKind({
  group: "example.io",
  version: "v1",
  kind: "Range",
  plural: "ranges",
  scope: "Namespaced",
  spec: z.object({
    low: z.int(),
    high: z.int(),
    tags: z.array(z.string().max(3)).optional(),
  }).refine(({ low, high }) => low <= high, "low must not exceed high"),
});
const validates = admissionHandler([
  validatingWebhook(Range, specValidator(Range), { path: "/validate" }),
]);
const range = (spec: unknown) => ({
  apiVersion: "example.io/v1",
  kind: "Range",
  metadata: { name: "a", namespace: "default" },
  spec,
});
const RANGES = {
  resource: { group: "example.io", version: "v1", resource: "ranges" },
};

Deno.test("specValidator() denies by the schema, field by field", async () => {
  const good = reviewOf({
    object: range({ low: 1, high: 2 }),
    request: RANGES,
  });
  assertEquals((await ask(validates, good)).response.allowed, true);
  const bad = reviewOf({
    object: range({ low: 3, high: 2, tags: ["ok", "long"] }),
    request: RANGES,
  });
  const { response } = await ask(validates, bad);
  assertEquals(response.allowed, false);
  const { code, reason, details } = response.status as Record<string, unknown>;
  assertEquals([code, reason], [422, "Invalid"]);
  const { causes } = details as { causes: readonly { field: string }[] };
  assertEquals(causes.map(({ field }) => field), ["spec.tags[1]", "spec"]);
});

Deno.test("specValidator() lets an old object go whose spec does not change", async () => {
  const object = range({ low: 3, high: 2 });
  const question = { operation: "UPDATE", object, request: RANGES };
  const same = reviewOf({ ...question, oldObject: structuredClone(object) });
  assertEquals((await ask(validates, same)).response.allowed, true);
  const other = reviewOf({
    ...question,
    oldObject: range({ low: 1, high: 2 }),
  });
  assertEquals((await ask(validates, other)).response.allowed, false);
});
