import { assertEquals } from "@std/assert";
import { crdSchema } from "../schema/crd_schema.ts";
import { crdLimits, objectLimits } from "./cel_limits.ts";

const rules = [{ rule: "self.size > 0" }];
const plain = { type: "object", properties: { size: { type: "integer" } } };
const ruled = {
  type: "object",
  properties: { spec: { ...plain, "x-kubernetes-validations": rules } },
};

Deno.test("crdLimits() names the versions with rules", () => {
  const version = (name: string, openAPIV3Schema: object) => ({
    name,
    schema: { openAPIV3Schema },
  });
  assertEquals(
    crdLimits({
      spec: { versions: [version("v1", ruled), version("v2", plain)] },
    }),
    [
      "the embedded API server does not evaluate CEL: x-kubernetes-validations of version v1 never fail",
    ],
  );
});

Deno.test("objectLimits() finds rules at any depth, and none where there are none", () => {
  const of = (schema: object) =>
    objectLimits(
      crdSchema({ ...schema }, { hasStatus: false }),
      "test.koprs.dev/v1",
      "Widget",
    ).length;
  const list = { type: "object", properties: { a: { type: "array" } } };
  assertEquals([
    of(ruled),
    of(plain),
    of({
      ...list,
      properties: { a: { type: "array", items: ruled } },
    }),
    of({ type: "object", additionalProperties: ruled }),
    of({ type: "object", "x-kubernetes-validations": rules }),
  ], [1, 0, 1, 1, 1]);
});
